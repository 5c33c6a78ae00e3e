"""A client's own prices, the crossover of each client, and the client's page with its team, reviews and prices."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from tests.ui import canned
from tests.ui.conftest import open_page, words
from vitals.ui import charts, pricing
from vitals.ui.words import sentences
from vitals.workspace import choices

ROWS = pd.DataFrame({"client_key": ["a", "b"], "seat_price": [45.0, np.nan], "outcome_fee": [np.nan, np.nan]})


def test_edited_cell_keeps_the_other_price_of_its_client():
    assert pricing.price_changes(ROWS, {0: {"outcome_fee": 900.5}, 1: {"seat_price": 12}}) == [
        ("a", Decimal("45.0"), Decimal("900.5")), ("b", Decimal("12"), None),
    ]  # fmt: skip


def test_emptied_cell_takes_the_price_back():
    assert pricing.price_changes(ROWS, {0: {"seat_price": None}}) == [("a", None, None)]


def test_pricing_page_says_how_many_prices_are_set(results):
    app = open_page("pricing")
    assert not app.exception
    assert not app.error


def test_every_crossover_is_marked_and_named():
    figure = charts.crossovers(canned.regimes(), 0.2)
    marks = next(trace for trace in figure.data if trace.mode == "markers+text")
    assert len(marks.x) == len(canned.NAMES)
    assert list(marks.x) == sorted(marks.x)
    assert marks.text[0].strip().startswith("from")
    assert set(marks.marker.symbol) == {"circle", "circle-open"}


def test_crossover_beyond_every_share_is_said_and_drawn_at_the_edge():
    regimes = canned.regimes().head(3).assign(crossover_automation_share=[np.nan, 1.4, 1.4])
    marks = charts.crossovers(regimes, 0.2).data[0]
    assert (marks.x[0], marks.text[0]) == (1.0, " never")


@pytest.mark.parametrize("crossover", [np.nan, None])
def test_without_crossover_nothing_is_claimed(crossover):
    assert sentences.one_price([{"regime": "outcome", "crossover_automation_share": crossover}], 0.2) == ""


def test_prices_of_one_client_show_all_three_models():
    one = canned.regimes().head(3)
    assert len(charts.client_prices(one).data[0].x) == 3


def test_prices_of_one_client_have_room_for_their_labels_on_any_screen():
    """They stand in a margin as wide as the longest of them, not behind the bars, where a phone would cut them."""
    layout = charts.client_prices(canned.regimes().head(3)).layout
    said = [note.text for note in layout.annotations]
    assert said[0] == "leaves $32,000 of $60,000"
    assert layout.margin.r >= 6 * max(map(len, said))


def test_client_page_holds_team_reviews_and_prices(results):
    app = open_page("client")
    assert not app.exception
    said = words(app)
    assert all(title in said for title in ("Who does the work", "Its reviews", "Hours, seats or outcome"))
    assert "automation on, an outcome fee leaves more than hours" in said or "An outcome fee" in said


def test_confirmed_classes_can_be_taken_back(results, monkeypatch):
    forgotten = []
    monkeypatch.setattr(choices, "forget_item_classes", lambda con: forgotten.append(True))
    monkeypatch.setitem(canned.FRAMES, "metrics.item_classes", canned.items().assign(is_confirmed=True))
    app = open_page("start")
    assert "classes of 2 items are confirmed" in words(app)
    app.button(key="forget_classes").click()
    app.run()
    assert not app.exception
    assert forgotten == [True]
