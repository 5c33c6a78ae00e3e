"""What fails while a page reacts to a widget is said on the page in a sentence, not in the framework's box."""

from __future__ import annotations

import ast
import re
from decimal import Decimal

import pandas as pd
import pytest

from tests.conventions.tree import calls, files, name
from tests.ui.conftest import open_page, read
from vitals import warehouse
from vitals.errors import VitalsError
from vitals.ui import pricing
from vitals.ui.page import failure
from vitals.workspace import choices

SECRET = "Zanzibar Orchid Holdings"


def fail(*_, **__):
    raise ValueError(SECRET)


@pytest.fixture
def in_use(monkeypatch):
    """As a user has it: a defect is said, and crashes nothing."""
    monkeypatch.delenv(failure.DEVELOPMENT)


def test_a_reaction_that_fails_is_said_on_the_page(results, in_use, monkeypatch, caplog):
    app = open_page("assumptions")
    monkeypatch.setattr(warehouse, "set_assumption", fail)
    app.number_input(key="assume_bill_rate").set_value(160.0).run()
    assert not app.exception
    assert len(app.error) == 1
    (reference,) = re.findall(r"Reference (\w{8})", read(app))
    assert reference in caplog.text
    assert SECRET not in caplog.text + read(app)
    assert app.title[0].value == "What do the numbers assume?"
    assert not app.run().error


def test_what_fails_beside_the_page_is_said_too(results, in_use, monkeypatch):
    app = open_page("overview")
    monkeypatch.setattr("vitals.ui.page.filters.draw", fail)
    app.run()
    assert not app.exception
    assert len(app.error) == 1


@pytest.mark.usefixtures("lazily")
def test_a_seat_price_beyond_all_bounds_is_refused_in_words():
    con, rows = warehouse.connect(), pd.DataFrame({"client_key": ["a"], "seat_price": [45.0], "outcome_fee": [None]})
    (change,) = pricing.price_changes(rows, {0: {"seat_price": 1e14}})
    with pytest.raises(VitalsError, match="A price must be below"):
        choices.set_client_terms(con, *change)
    choices.set_client_terms(con, "a", Decimal("45.5"), None)
    con.close()


def test_every_reaction_is_guarded():
    """Streamlit runs them outside the page, and shows what they raise in a box of its own."""
    screens = [*files("vitals/ui", suffix=".py"), *files("pages", suffix=".py")]
    bare = [
        f"{name(path)}: {ast.unparse(keyword.value)}"
        for path in screens
        for call in calls(path)
        for keyword in call.keywords
        if keyword.arg in ("on_click", "on_change") and not is_guarded(keyword.value)
    ]
    assert bare == []


def is_guarded(reaction: ast.expr) -> bool:
    if isinstance(reaction, ast.Constant):
        return reaction.value in ("ignore", "rerun")
    return isinstance(reaction, ast.Call) and ast.unparse(reaction.func) == "failure.guarded"
