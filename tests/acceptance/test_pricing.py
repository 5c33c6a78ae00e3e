"""Section 2, pricing regimes: the same two months by the hour, per seat and for an outcome."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.acceptance.desk import Desk, desk, money, months, ratio
from vitals import warehouse

PERIOD = {**months("2025-01", "2025-02"), "automation_share": 0.3}


@pytest.fixture
def book() -> Iterator[Desk]:
    """50 hours at the assumed 50 an hour; 7,000 recurring, which costs 500, beside a product and a project."""
    with desk(
        clients="client,users\nAcme,10\nQuiet,4",
        invoice_lines="""
            invoice_number,line_number,client,invoiced_on,amount,revenue_class,direct_cost
            1,1,Acme,2025-01-05,3000,managed,300
            1,2,Acme,2025-02-05,4000,other_recurring,200
            1,3,Acme,2025-02-05,1000,product,900
            1,4,Acme,2025-02-05,500,project,100
            2,1,Quiet,2025-01-05,100,managed,10
            """,
        time_entries="""
            worked_on,hours,client,coverage,work_type
            2025-01-02,20,Acme,,
            2025-02-28,30,Acme,,
            2025-02-28,9,Acme,internal,
            2025-02-28,8,Acme,billable,
            2025-02-28,7,Acme,,project
            """,
    ) as found:
        yield found


def regimes(book, client, **said):
    rows = [row for row in book.rows("metrics.pricing_regimes", **{**PERIOD, **said}) if row["client"] == client]
    return {row["regime"]: row for row in rows}


def holds(row, pays, margin, crossover):
    assert row["customer_pays"] == money(pays)
    assert row["provider_margin"] == money(margin)
    assert row["provider_margin_pct"] == ratio(margin / pays if pays else None)
    assert row["crossover_automation_share"] == ratio(crossover)


def test_three_regimes(book):
    found = regimes(book, "Acme")
    assert set(found) == {"hourly", "per_seat", "outcome"}
    holds(found["hourly"], 5750, 3500, None)  # 0.7 x 50 x 150 and the tools, less 0.7 x 2500 and the tools
    holds(found["per_seat"], 7000, 4750, 1 - 6500 / 7500)  # less 1750 and 500
    holds(found["outcome"], 6000, 3750, 1 - 5500 / 7500)  # (2500 + 500) / 0.5


def test_without_automation(book):
    found = regimes(book, "Acme", automation_share=0)
    holds(found["hourly"], 8000, 5000, None)
    holds(found["per_seat"], 7000, 4000, 1 - 6500 / 7500)


def test_client_without_hours(book):
    found = regimes(book, "Quiet")
    holds(found["hourly"], 10, 0, None)  # its tools at cost
    holds(found["per_seat"], 100, 90, None)
    holds(found["outcome"], 20, 10, None)


def test_prices_that_are_set(book):
    warehouse.set_assumption(book.con, "seat_price", "400")
    warehouse.set_assumption(book.con, "target_gross_margin", "0.6")
    warehouse.set_assumption(book.con, "bill_rate", "100")
    found = regimes(book, "Acme")
    holds(found["hourly"], 4000, 1750, None)
    holds(found["per_seat"], 8000, 5750, 1 - 7500 / 5000)  # 400 x 10 x 2; below 0 and not clipped
    holds(found["outcome"], 7500, 5250, 1 - 7000 / 5000)  # 3000 / 0.4
    # active in one of the two months
    holds(regimes(book, "Quiet")["per_seat"], 1600, 1590, None)
