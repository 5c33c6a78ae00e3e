"""Section 2, recurring revenue: the bridge and its identities, retention, complete months, concentration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.acceptance.desk import Desk, desk, months, ratio

MOVES = ("new", "reactivation", "expansion", "contraction", "churn")


@pytest.fixture(scope="module")
def book() -> Iterator[Desk]:
    with desk(
        invoice_lines="""
            client,invoiced_on,amount,revenue_class,is_credit
            P,2024-12-10,500,product,
            A,2025-01-10,100,managed,
            A,2025-02-10,150,managed,
            A,2025-03-10,90,managed,
            A,2025-03-10,30,other_recurring,
            A,2025-05-10,130,managed,
            A,2025-06-10,130,managed,
            A,2025-07-10,999,managed,
            B,2025-03-10,50,other_recurring,
            B,2025-03-10,500,project,
            B,2025-04-10,50,other_recurring,
            B,2025-05-10,20,managed,yes
            B,2025-06-10,40,managed,
            C,2025-02-10,10,managed,yes
            C,2025-03-10,30,managed,
            C,2025-04-10,30,managed,
            C,2025-05-10,30,managed,
            C,2025-06-10,35,managed,
            """
    ) as found:
        yield found


def test_bridge(book):
    rows = {row["month_start"][:7]: row for row in book.rows("metrics.mrr_bridge")}
    assert {month: row["closing"] for month, row in rows.items()} == {
        "2025-01": 100, "2025-02": 140, "2025-03": 200, "2025-04": 80, "2025-05": 140, "2025-06": 205
    }  # fmt: skip
    assert [rows["2025-01"][name] for name in ("opening", *MOVES)] == [None] * 6
    moved = {month: tuple(row[name] for name in MOVES) for month, row in rows.items() if month != "2025-01"}
    assert moved == {
        "2025-02": (0, 0, 50, -10, 0),
        "2025-03": (90, 0, 0, -30, 0),  # B from 0 to 50, C from -10 to 30
        "2025-04": (0, 0, 0, 0, -120),
        "2025-05": (0, 130, 0, 0, -70),  # B from 50 to -20
        "2025-06": (0, 60, 5, 0, 0),  # B back from -20 to 40
    }


def test_bridge_adds_up(book):
    rows = book.rows("metrics.mrr_bridge")
    for before, row in pairwise(rows):
        assert row["opening"] == before["closing"]
        assert row["opening"] + sum(row[name] for name in MOVES) == row["closing"]


def test_retention(book):
    found = book.one("metrics.retention", **months("2025-04", "2025-05"))
    assert (found["opening_mrr"], found["clients_opening"], found["clients_lost"]) == (80, 2, 1)
    assert found["gross_revenue_retention"] == ratio(30 / 80)
    assert found["net_revenue_retention"] == ratio(10 / 80)
    assert found["logo_churn"] == ratio(0.5)


def test_retention_counts_growth_only_net(book):
    found = book.one("metrics.retention", **months("2025-05", "2025-06"))
    assert (found["gross_revenue_retention"], found["net_revenue_retention"]) == (1, ratio(165 / 160))


def test_retention_of_nothing(book):
    found = book.one("metrics.retention", **months("2024-01", "2024-02"))
    assert (found["clients_opening"], found["gross_revenue_retention"], found["logo_churn"]) == (0, None, None)


def test_concentration_leaves_out_products_and_losses(book):
    # May: A 130, C 30, B -20; December: only a product
    found = book.one("metrics.concentration", **months("2025-05"))
    assert (found["top1_share"], found["top3_share"], found["top10_share"]) == (ratio(130 / 160), ratio(1), ratio(1))
    assert found["hhi"] == pytest.approx((130**2 + 30**2) / 160**2 * 10000)
    assert found["effective_clients"] == ratio(160**2 / (130**2 + 30**2))
    assert book.one("metrics.concentration", **months("2024-12"))["top1_share"] is None


def last_month(**files):
    with desk(**files) as book:
        return book.rows("metrics.mrr_bridge")


def test_bridge_goes_on_without_revenue():
    # the tickets reach Wednesday 30 April, so April is complete though nothing was billed since January
    rows = last_month(
        invoice_lines="client,invoiced_on,amount,revenue_class\nA,2025-01-10,100,managed",
        tickets="ticket_id,opened_at\n1,2025-04-30 09:00",
    )
    assert [(row["month_start"][:7], row["closing"]) for row in rows] == [
        ("2025-01", 100), ("2025-02", 0), ("2025-03", 0), ("2025-04", 0)
    ]  # fmt: skip
    assert [row["churn"] for row in rows] == [None, -100, 0, 0]


@pytest.mark.parametrize(("last", "months_seen"), [("2025-05-30", 5), ("2025-05-29", 4)])
def test_month_is_complete_on_its_last_weekday(last, months_seen):
    # 31 May 2025 is a Saturday; what lies ahead doesn't count
    ahead = date.today() + timedelta(days=90)
    rows = last_month(
        invoice_lines="client,invoiced_on,amount,revenue_class,service_months\nA,2025-01-10,1200,managed,12",
        tickets=f"ticket_id,opened_at,closed_at\n1,{last} 09:00,2025-08-01 09:00\n2,{ahead} 09:00,",
    )
    assert len(rows) == months_seen


def test_default_period():
    # invoices and labour in November to February; February is complete with Friday the 28th
    with desk(
        invoice_lines="client,invoiced_on,amount,service_months\nA,2024-11-10,400,4\nA,2024-10-10,1,",
        time_entries="worked_on,hours,client\n2024-11-05,1,A\n2024-12-05,1,A\n2025-01-05,1,A\n2025-02-28,1,A",
    ) as book:
        found = book.one("metrics.default_period")
        assert (found["month_from"], found["month_to"], found["as_of"]) == ("2024-11-01", "2025-02-01", "2025-02-28")
        assert book.one("metrics.company_margin")["revenue"] == 400
