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
            B,2025-05-10,-20,managed,
            B,2025-06-10,40,managed,
            C,2025-02-10,-10,managed,
            C,2025-03-10,30,managed,
            C,2025-04-10,30,managed,
            C,2025-05-10,30,managed,
            C,2025-06-10,35,managed,
            C,2025-06-11,30,managed,yes
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
    assert found["net_revenue_retention"] == ratio(30 / 80)  # B counts 0, not -20
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


def test_bridge_ends_with_the_invoices():
    # the tickets reach Wednesday 30 April, but who knows what was billed since January?
    rows = last_month(
        invoice_lines="client,invoiced_on,amount,revenue_class\nA,2025-01-10,100,managed",
        tickets="ticket_id,opened_at\n1,2025-04-30 09:00",
    )
    assert [(row["month_start"][:7], row["closing"]) for row in rows] == [("2025-01", 100)]


@pytest.mark.parametrize(("last", "months_seen"), [("2025-05-30", 5), ("2025-05-29", 4)])
def test_month_is_complete_on_its_last_weekday(last, months_seen):
    # 31 May 2025 is a Saturday; what lies ahead doesn't count
    ahead = date.today() + timedelta(days=90)
    rows = last_month(
        invoice_lines="""
            client,invoiced_on,amount,revenue_class,service_months
            A,2025-01-10,1200,managed,12
            B,2025-05-02,10,product,
            """,
        tickets=f"ticket_id,opened_at,closed_at\n1,2025-05-20 09:00,{last} 09:00\n2,{ahead} 09:00,",
    )
    assert len(rows) == months_seen


def test_a_month_after_the_last_invoice_is_not_complete():
    # invoices to May, hours to June: what A pays in June may not be billed yet
    rows = last_month(
        invoice_lines="client,invoiced_on,amount,revenue_class\nA,2025-04-10,100,managed\nA,2025-05-10,100,managed",
        time_entries="worked_on,hours,client\n2025-06-30,1,A",
    )
    assert [row["month_start"][:7] for row in rows] == ["2025-04", "2025-05"]


def test_credited_and_billed_again_counts_once():
    rows = last_month(
        invoice_lines="""
            invoice_number,line_number,client,invoiced_on,amount,item,revenue_class,is_credit
            1,1,A,2025-01-02,100,Care,managed,
            2,1,A,2025-01-09,100,Care,managed,yes
            3,1,A,2025-01-09,100,Care,managed,
            """,
        tickets="ticket_id,opened_at\n1,2025-01-31 09:00",
    )
    assert [row["closing"] for row in rows] == [100]


def test_nothing_recurs_in_months_that_begin_after_the_end():
    rows = last_month(
        clients="client,ends_on\nA,2025-02-28",
        invoice_lines="""
            client,invoiced_on,amount,revenue_class,service_months
            A,2025-01-10,1200,managed,12
            B,2025-03-03,10,managed,
            """,
        tickets="ticket_id,opened_at\n1,2025-03-31 09:00",
    )
    assert [row["closing"] for row in rows] == [100, 100, 10]


def test_default_period():
    # entries from the third business day of November to the third-last of February, which the data passes
    with desk(
        invoice_lines="client,invoiced_on,amount,service_months\nA,2024-11-10,400,4\nA,2025-02-10,1,",
        time_entries="""
            worked_on,hours,client
            2024-11-05,1,A
            2024-12-05,1,A
            2025-01-05,1,A
            2025-02-26,1,A
            """,
        tickets="ticket_id,opened_at\n1,2025-03-04 09:00",
    ) as book:
        found = book.one("metrics.default_period")
        assert (found["month_from"], found["month_to"], found["as_of"]) == ("2024-11-01", "2025-02-01", "2025-02-28")
        whole = book.one("metrics.company_margin")
        assert (whole["revenue"], whole["months_asked"], whole["months_covered"]) == (401, 4, 4)
