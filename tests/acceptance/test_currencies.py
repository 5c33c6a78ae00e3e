"""Section 3, currencies: those of one file and of the next are never added up unless the user says how."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

import pytest

from tests.acceptance.desk import Desk, desk
from vitals import workspace
from vitals.workspace import LoadOptions

LINES = "client,invoiced_on,amount"
EUROS, DOLLARS = f"{LINES}\nAcme,2025-03-01,€100.00\nAcme,2025-03-02,€50.00", f"{LINES}\nBirch,2025-03-03,USD 10.00"
BARE, CODED = f"{LINES}\nCedar,2025-03-04,7", f"{LINES},currency\nDelta,2025-03-05,20.00,usd"
CAPTIONED = "Client,Invoice Date,Amount (USD)\nElm,2025-03-06,30.00"
WAGES = "technician,hourly_cost\nAnn,$50.00\nBob,$40.00"


def _sum(book: Desk) -> Decimal:
    return book.con.execute("select sum(amount) from staging.invoice_lines").fetchall()[0][0]


def _answered(book: Desk, text: str, answer: str) -> dict[str, Any]:
    return book.load(LoadOptions(answers={"currency": answer}), next=text)["next"]


@pytest.mark.parametrize("later", [DOLLARS, CODED, CAPTIONED, WAGES])
def test_file_in_another_currency_is_asked(later):
    with desk(first=EUROS) as book:
        found = book.load(next=later)["next"]
        assert (found["decision"], found["rows_read"], found["rows_loaded"]) == ("ask", 0, 0)
        (question,) = found["questions"]
        mark = "$" if later == WAGES else "USD"
        assert (question["name"], question["answers"]) == ("currency", ["keep:EUR", f"rates:EUR:1,{mark}:RATE"])
        assert "EUR" in found["message"] and mark in found["message"]
        assert _sum(book) == 150


def test_answers_turn_or_set_aside_the_amounts_of_the_file():
    with desk(first=EUROS) as book:
        turned = _answered(book, DOLLARS, "rates:EUR:1,USD:0.5")
        assert (turned["decision"], turned["money_loaded"], _sum(book)) == ("accept", 5, 155)
        workspace.undo(book.con, turned["load_id"])
        kept = _answered(book, DOLLARS, "keep:EUR")
        assert (kept["rows_loaded"], kept["reasons"], kept["money_read"]) == (0, {"other_currency": 1}, 10)
        assert _sum(book) == 150


@pytest.mark.parametrize("answer", ["keep:USD", "rates:USD:1,EUR:1.1", "rates:EUR:1", "USD", "keep:", "rates:USD:0.9"])
def test_answer_that_would_mix_them_is_asked_again(answer):
    with desk(first=EUROS) as book:
        assert _answered(book, DOLLARS, answer)["decision"] == "ask"
        assert _sum(book) == 150


def test_wages_are_turned_like_invoices():
    with desk(first=EUROS) as book:
        assert _answered(book, WAGES, "rates:EUR:1,$:0.92")["decision"] == "accept"
        assert book.staging("technicians", "technician", "hourly_cost") == [("Ann", 46), ("Bob", Decimal("36.8"))]


def test_files_without_a_mark_or_of_the_same_currency_are_not_asked():
    for order in itertools.permutations([EUROS, BARE, f"{LINES},currency\nFir,2025-03-07,1,EUR"]):
        with desk(**{f"file{place}": text for place, text in enumerate(order)}) as book:
            assert _sum(book) == 158


@pytest.mark.parametrize("order", [(WAGES, DOLLARS), (DOLLARS, WAGES)])
def test_bare_dollar_is_whichever_is_named(order):
    with desk(one=order[0], two=order[1]) as book:
        asked = book.load(next=f"{LINES}\nGil,2025-03-08,CAD 5.00")["next"]
        assert asked["questions"][0]["answers"] == ["keep:USD", "rates:USD:1,CAD:RATE"]


def test_file_that_mixes_currencies_stays_in_that_of_the_workspace():
    mixed = f"{LINES}\nAcme,2025-03-01,€1.00\nAcme,2025-03-02,$2.00"
    with desk(first=EUROS) as book:
        assert book.load(next=mixed)["next"]["questions"][0]["answers"] == ["keep:EUR", "rates:EUR:1,$:RATE"]
        assert _answered(book, mixed, "keep:$")["decision"] == "ask"
        assert _answered(book, mixed, "rates:EUR:1,$:0.5")["money_loaded"] == 2
        assert _sum(book) == 152


def test_currency_goes_with_the_load_that_brought_it():
    with desk(first=EUROS) as book:
        workspace.undo(book.con, 1)
        assert book.load(next=DOLLARS)["next"]["decision"] == "accept"
        assert book.load(next=EUROS)["next"]["decision"] == "ask"


def test_files_loaded_together_are_compared_too():
    with desk() as book:
        found = book.load(first=EUROS, next=DOLLARS)
        assert [report["decision"] for report in found.values()] == ["accept", "ask"]
