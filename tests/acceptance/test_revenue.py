"""Section 2, revenue: months of service, exact parts, credits and their costs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.acceptance.desk import Desk, desk, money, months


@pytest.fixture(scope="module")
def book() -> Iterator[Desk]:
    with desk(
        invoice_lines="""
            invoice_number,line_number,client,invoiced_on,amount,service_from,service_months,revenue_class,direct_cost,is_credit
            1,1,Thirds,2024-12-20,100,2025-01-31,3,managed,10,
            1,2,Minus,2024-12-20,-100,2025-01-15,3,managed,-10,
            1,3,Plain,2025-02-28,50,,,managed,,
            1,4,Zero,2025-02-28,50,,0,managed,5,
            1,5,Backdated,2025-03-31,60,2024-11-10,2,managed,,
            1,6,Flagged,2025-01-06,20,,,managed,5,yes
            1,7,Signed,2025-01-06,-20,,,managed,5,yes
            1,8,Both,2025-01-06,-20,,,managed,-5,yes
            1,9,Unmarked,2025-01-06,-20,,,managed,,no
            2,1,Year,2025-01-01,1200,,12,managed,,
            2,2,Year,2025-03-15,300,,,managed,,yes
            """,
        time_entries="""
            worked_on,hours,technician,client
            2024-11-01,1,Ann,Other
            2024-12-02,1,Ann,Other
            2025-01-02,1,Ann,Other
            2025-02-03,1,Ann,Other
            2025-03-31,1,Ann,Other
            """,
    ) as found:
        yield found


def by_month(book, client, column="revenue"):
    rows = [row for row in book.rows("metrics.client_margin_monthly") if row["client"] == client]
    return {row["month_start"][:7]: row[column] for row in rows}


def total(book, client, first, last, column="revenue"):
    return book.by("client", "metrics.client_margin", **months(first, last))[client][column]


def test_parts_add_up_exactly(book):
    # 33.3333, 66.6667 - 33.3333 = 33.3334, 33.3333
    assert by_month(book, "Thirds") == {m: money(33.33) for m in ("2025-01", "2025-02", "2025-03")}
    assert total(book, "Thirds", "2025-01", "2025-02") == money(66.67)
    assert total(book, "Thirds", "2025-01", "2025-03") == money(100)
    assert total(book, "Thirds", "2025-01", "2025-03", "direct_cost") == money(10)
    assert total(book, "Thirds", "2025-01", "2025-02", "direct_cost") == money(6.67)
    assert total(book, "Minus", "2025-01", "2025-02") == money(-66.67)
    assert total(book, "Minus", "2025-01", "2025-03", "direct_cost") == money(-10)


def test_month_of_service_else_of_the_invoice(book):
    assert by_month(book, "Plain") == {"2025-02": 50}
    assert by_month(book, "Zero") == {"2025-02": 50}
    assert by_month(book, "Backdated") == {"2024-11": 30, "2024-12": 30}


@pytest.mark.parametrize(
    ("client", "revenue", "cost"),
    [("Flagged", -20, -5), ("Signed", -20, -5), ("Both", -20, -5), ("Unmarked", -20, 0)],
)
def test_credits(book, client, revenue, cost):
    found = book.by("client", "metrics.client_margin", **months("2025-01"))[client]
    assert (found["revenue"], found["direct_cost"], found["labour_cost"]) == (revenue, cost, 0)
    assert found["gross_margin"] == revenue - cost
    assert found["gross_margin_pct"] is None


def test_a_credit_stays_in_its_own_month(book):
    found = by_month(book, "Year")
    assert (found["2025-02"], found["2025-03"], found["2025-04"]) == (100, -200, 100)
    # April to December can't be covered yet
    assert total(book, "Year", "2025-01", "2025-12") == 0
