"""Prices for outcomes on a small workspace of its own: the fee taken apart, the book, and what can't be said."""

from __future__ import annotations

from functools import partial

import pytest

from tests import lazy
from tests.sql.conftest import Book, fill
from tests.sql.histories import Client, told
from tests.ui.conftest import open_page, read
from vitals import warehouse
from vitals.ui import outcome
from vitals.ui.page import session
from vitals.ui.words import prices

GAP = "\N{NO-BREAK SPACE}"
PARTS = [
    {"part": part, "amount": amount, "share": amount / 1914.29}
    for part, amount in {"labour": 750.0, "risk": 107.14, "margin": 957.15, "target": 1914.29}.items()
]
YEARS = {"cushion": 1500.0, "mean_year": 10_500.0}


def _filled(con: lazy.Lazy, **tables: list[dict]) -> Book:
    fill(con, tables)
    return Book(con)


@pytest.fixture
def book(monkeypatch):
    """book(Client(...)) -> the workspace that the next page shows."""
    con = lazy.connect(is_built=False)
    monkeypatch.setattr(warehouse, "connect", lambda: con)
    monkeypatch.setattr(session, "connection", lambda: con)
    yield partial(told, partial(_filled, con))
    con.close()


def test_a_fee_is_taken_apart(book):
    book(Client("Acme", [10, 10, 10, 40, 10, 10], tools=100), Client("Birch", [5] * 4))
    app = open_page("outcome_price")
    assert not app.exception
    assert app.selectbox(key="fee_of").options == ["Acme"]
    said = read(app)
    assert "$1,914 a month $750 pay for the hours to expect, $107 for a bad year, and $957 are margin" in said
    (table,) = [table.value for table in app.dataframe if "share" in table.value]
    assert list(table["name"]) == [
        "Expected hours", "Tools", "A bad year", "Credits to expect", "Margin", "Target fee"
    ]  # fmt: skip


@pytest.mark.parametrize("client", [Client("Acme", [10]), Client("Acme", [10] * 12, None)])
def test_a_page_without_a_price_says_why(book, client):
    book(client)
    app = open_page("outcome_price")
    assert not app.exception
    said = read(app)
    assert "This client can't be priced" in said and "The book's bad years aren't known" in said


def test_a_fee_in_words():
    assert prices.fee(PARTS).replace(GAP, " ") == (
        "Of $1,914 a month $750 pay for the hours to expect, $107 for a bad year, and $957 are margin (50 %)."
    )
    assert prices.fee([*PARTS, {"part": "credits", "amount": 4.2}]) == prices.fee(PARTS)
    assert prices.fee([*PARTS, {"part": "credits", "amount": None}]).endswith(
        "What credits would take is not known: no service level can be measured, so the fee carries none."
    )


@pytest.mark.parametrize(("carried", "verb"), [(1500.0, "covers that."), (1285.71, "doesn't cover that.")])
def test_the_book_in_words(carried, verb):
    said = prices.book(YEARS, {"clients": 1, "sum_of_risk_loads": carried})
    assert "An ordinary year of the 1 client with a price takes $10.5k of labour" in said
    assert "one year in ten takes $1.5k more" in said and said.endswith(verb)
    few = prices.book({**YEARS, "months": 7}, {"clients": 1, "sum_of_risk_loads": carried})
    assert "client with a price, a year made of 7 covered months, takes $10.5k" in few


def test_surges_in_words():
    row = {"client_months": 36, "surges": 1, "surge_hours": 30.0, "load_a_month": 41.67}
    assert "1 of 36 client months took more than three times" in prices.surges(row)
    assert "None of 36 client months" in prices.surges({**row, "surges": 0, "surge_hours": None})
    assert "can't be counted" in prices.surges({"client_months": 0})


def test_models_are_compared_at_the_share_on_the_slider(book):
    book(Client("Acme", [6, 14] * 6, tools=100))
    app = open_page("pricing_models", automation="30", priced="Acme")
    assert not app.exception
    # L = 6,000: 1,800 is saved; by the hour the client saves 36 x 150, and you lose 36 x 100
    said = read(app).replace(GAP, " ")
    assert "30 % automation saves $1.8k of labour for Acme." in said
    assert "By the hour the client would pay $5.4k less and automating would cost you $3.6k" in said
    assert "under an outcome fee you would keep $1.8k" in said
    (table,) = [table.value for table in app.dataframe]
    assert list(table["model"]) == [
        "Hourly", "Per seat", "Per device", "Per ticket", "Fixed fee", "Outcome", "Hybrid", "Gain share"
    ]  # fmt: skip
    assert "Without a price, and so a dash: per device, per ticket." in said


@pytest.mark.parametrize("client", [Client("Acme", [10]), Client("Acme", [0] * 12)])
def test_models_of_a_tiny_workspace(book, client):
    book(client)
    app = open_page("pricing_models")
    assert not app.exception and not app.error
    assert app.header[0].value


def test_gains_of_the_whole_book_in_words():
    row = {"model": "hourly", "clients": 2, "of_clients": 2, "customer_pays": 1.0, "saved_labour_cost": 1800.0}
    rows = [{**row, "customer_gain": 5400.0, "provider_gain": -3600.0}]
    assert prices.gains(rows, 30).replace(GAP, " ") == (
        "30 % automation saves $1.8k of labour for 2 clients. By the hour they would pay $5.4k less and automating "
        "would cost you $3.6k."
    )
    assert "nothing to keep" in prices.gains(rows, 0)
    assert "No client has managed hours" in prices.gains([], 30)


def test_each_page_says_how_its_figure_differs_from_its_neighbours(book):
    """The steps are asked once they are opened, and end at the figure of the last page."""
    book(Client("Acme", [10] * 12, fee=400), Client("Birch", [10] * 12))
    for page in outcome.SAYING_FIGURES:
        assert "Migration automates nothing" in read(open_page(page)) or page == "migration"
    app = open_page("migration")
    app.session_state["outcome_figures"] = True
    app.run()
    assert not app.exception
    assert "as each page counts it: Hours or outcome $" in read(app)
    (steps,) = [table.value for table in app.dataframe if "is_total" in table.value]
    assert list(steps["name"])[-1] == "Migration"
