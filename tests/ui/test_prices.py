"""A client's own prices, the crossover of each client, and the client's page with its team, reviews and prices."""

from __future__ import annotations

import html
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from tests.ui import canned
from tests.ui.conftest import open_page, read, words
from vitals import warehouse
from vitals.ui import charts, pricing
from vitals.ui.words import prices
from vitals.workspace import choices

BETTER = "From where on outcome pays better"
REGIMES = "metrics.pricing_regimes"
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
    assert list(marks.x) == sorted(marks.x, reverse=True)
    assert marks.text[0].strip().startswith("from")
    assert set(marks.marker.symbol) == {"circle", "circle-open"}


def test_crossover_beyond_every_share_is_said_and_drawn_at_the_edge():
    regimes = canned.regimes().head(3).assign(crossover_automation_share=[np.nan, 1.4, 1.4])
    marks = charts.crossovers(regimes, 0.2).data[0]
    assert (marks.x[0], marks.text[0]) == (1.0, " never")


@pytest.mark.parametrize("crossover", [np.nan, None])
def test_without_crossover_nothing_is_claimed(crossover):
    assert prices.one_price([{"regime": "outcome", "crossover_automation_share": crossover}], 0.2) == ""


def test_bars_say_which_of_the_clients_hours_they_are_of():
    row = {"regime": "outcome", "crossover_automation_share": -0.2, "client_hours": 65.0, "current_pays": 16_800.0}
    always = "An outcome fee always leaves more than hours."
    assert prices.one_price([row], 0.2, 464.0).replace("\xa0", " ") == (
        f"{always} The bars are of the 65 of 464 h that a fee covers, with 20 % automated."
    )
    assert prices.one_price([row], 0.2, 65.0).replace("\xa0", " ") == f"{always} The bars are with 20 % automated."
    assert "no contract of today" in prices.one_price([{**row, "current_pays": 0}], 0.2, 65.0)


def test_prices_of_one_client_show_all_three_models():
    one = canned.regimes().head(3)
    assert len(charts.client_prices(one).data[0].x) == 3


def test_todays_contract_comes_first_and_is_called_so():
    names = list(charts.client_prices(canned.regimes().head(3)).layout.yaxis.ticktext)
    assert [name.strip() for name in names] == ["Today's contract", "Hourly", "Outcome"]
    priced = canned.regimes().head(3).assign(price_basis="seat price")
    assert charts.client_prices(priced).layout.yaxis.ticktext[0].strip() == "Per seat"
    # without a price of their own seats are today's contract: one line
    same = canned.curve()
    today = same.loc[same["regime"] == "today", "provider_margin"].to_numpy()
    same.loc[same["regime"] == "per_seat", "provider_margin"] = today
    assert len(charts.pricing_curve(canned.curve(), 0.2).data) == 4
    assert len(charts.pricing_curve(same, 0.2).data) == 3


SUMMARY = canned.ONE["metrics.pricing_summary"]


def test_headline_of_prices_begins_with_todays_contract_and_tells_the_change():
    assert html.unescape(prices.headline(SUMMARY, 0.2, "$150")).replace("\xa0", " ") == (
        "Today's contracts bring $880k from 13 clients and leave you $350k; with 20 % of the hours automated it would "
        "be $390k. "
        "By the hour, at $150, they would pay $910k ($30k more), for an outcome $910k ($12k less)."
    )
    one = {**SUMMARY, "clients": 1, "current_provider_margin": -2_000.0}
    said = prices.headline(one, 0.0, "$150", "Birch")
    assert said.startswith(
        "Today's contract brings $880k from Birch and loses you $2k. By the hour, at $150, it would pay"
    )
    assert prices.headline({"clients": 0}, 0.2, "$150", "Birch") == (
        "Birch has no managed hours in these months, so no model can be priced."
    )


@pytest.mark.parametrize(
    ("paid", "said"),
    [(None, "Birch has no invoice: what it pays today is not known."), (0, "Birch pays nothing by contract today.")],
)
def test_what_is_not_known_today_is_compared_with_nothing(paid, said):
    one = {**SUMMARY, "clients": 1, "current_pays": paid}
    assert (
        prices.headline(one, 0.2, "$150", "Birch")
        == f"{said} By the hour, at $150, it would pay $910k, for an outcome $910k."
    )


def test_a_chosen_client_drives_headline_cards_chart_and_table(monkeypatch, results):
    asked = []

    def run(con, name, **given):
        asked.append((name, given.get("client_key")))
        return canned.run(con, name, **given)

    monkeypatch.setattr(warehouse, "run", run)
    monkeypatch.setattr(warehouse, "rows", lambda con, name, **given: run(con, name, **given).to_dict("records"))
    app = open_page("pricing", priced="Meadow Vets")
    assert not app.exception
    follows = {name: key for name, key in asked if name.startswith("metrics.pricing_") and name != REGIMES}
    assert follows == dict.fromkeys(
        ("metrics.pricing_summary", "metrics.pricing_curve", "metrics.pricing_side_by_side"), "meadow vets"
    )
    assert "from Meadow Vets" in read(app)
    assert "clients would leave you more" not in read(app)


def test_a_price_per_seat_has_a_card_only_where_one_is_set(monkeypatch, results):
    def cards():
        return [html.unescape(tile.label) for tile in open_page("pricing").metric]

    assert cards() == [
        "Margin at today's fees",
        *(f"Your margin, {model}" for model in ("by the hour", "outcome fee", "per seat")),
    ]
    monkeypatch.setitem(canned.ONE, "metrics.pricing_summary", {**SUMMARY, "seats_priced": 0})
    assert "Your margin, per seat" not in cards()


def test_between_answer_and_chart_stand_two_captions_and_what_it_rests_on_below(results):
    captions = [caption.value for caption in open_page("pricing").caption]
    (answered, work, drawn, compared) = (
        next(place for place, said in enumerate(captions) if words in said)
        for words in ("would leave you more", "All for the same work", "Your margin in money", "are compared")
    )
    assert answered + 1 == work < drawn < compared
    # what lies between are the cards' own
    assert all("aid today" in said or "would pay" in said for said in captions[work + 1 : drawn])


@pytest.mark.parametrize(("view", "is_curve"), [({}, True), ({"pricing_view": BETTER}, False)])
def test_only_the_chart_of_the_open_tab_is_made(results, view, is_curve):
    app = open_page("pricing", **view)
    assert not app.exception
    assert ("Your margin in money" in read(app), "A mark for each client" in read(app)) == (is_curve, not is_curve)
    assert len(app.get("plotly_chart")) == 1


def test_prices_from_time_that_is_not_written_down_say_so_first(monkeypatch, results):
    why = {"unread_because": "only 31 % of the time at work is written down"}
    monkeypatch.setitem(canned.ONE, "metrics.margin_reading", why)
    monkeypatch.setitem(canned.ONE, "metrics.pricing_summary", {**SUMMARY, "assumed_share": 0.8})
    said = read(open_page("pricing"))
    assert "The margin cannot be read: only 31 % of the time at work is written down." in said
    assert "What an hour costs is assumed for 80\xa0% of them. Today's contracts bring" in said


def test_prices_of_one_client_have_room_for_their_labels_on_any_screen():
    """They stand in a margin as wide as the longest of them, not behind the bars, where a phone would cut them."""
    layout = charts.client_prices(canned.regimes().head(3)).layout
    said = [note.text for note in layout.annotations]
    assert said[1] == "leaves $32,000 of $60,000"
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


def test_fixed_prices_are_counted_by_what_stands_against_them():
    rows = [
        {"verdict": "ready", "target_fee": 700, "current_fee": 800, "room": "room"},
        {"verdict": "fix_first", "target_fee": 1600, "current_fee": 1000, "room": "no_room", "is_steep": True},
        {"verdict": "fix_first", "target_fee": None, "current_fee": 300, "room": "below_target"},
        {"verdict": "not_on_this_data", "target_fee": None, "current_fee": 500, "room": None},
    ]
    # only the one that is below its target by 600 lacks money
    assert prices.corridors(rows, {"renewal_rise": 0.25}).replace("\N{NO-BREAK SPACE}", " ") == (
        "1 of 4 clients could be offered a fixed price for outcomes today; 2 need fixing first, of which 1 costs more "
        "than it can be asked for; 1 can't be priced on this data. Those to be fixed pay $600 a month less than their "
        "target. The target of 1 asks for more than one renewal carries (25 %)."
    )
    assert "No client has recurring revenue" in prices.corridors([], {})
