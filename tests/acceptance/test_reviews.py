"""Section 2, QBR: who owes a review on 30 June 2025, who had it, and by how many days it is late."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.acceptance.desk import Desk, desk, ratio

# 30 June less 90 days is 1 April, less 91 is 31 March
EXPECTED = {
    # client: cadence, last held, due, completed, overdue
    "Edge start": (90, None, True, False, 0),
    "Too new": (90, None, False, False, None),
    "Held on edge": (90, "2025-04-01", True, False, 0),
    "Held inside": (90, "2025-04-02", True, True, 0),
    "Held that day": (90, "2025-06-30", True, True, 0),
    "Held after": (90, None, True, False, 456),  # since 1 January 2024: 546 days
    "Cancelled": (90, None, True, False, 456),
    "No show": (90, None, True, False, 456),
    "Internal kind": (90, None, True, False, 456),
    "Planned": (90, None, True, False, 456),
    "Usual": (91, "2025-04-01", True, True, 0),
    "Never owed": (0, "2025-04-02", False, False, None),
    "Ends today": (90, None, True, False, 456),
    "Ended": (90, None, False, False, None),
    "No start": (90, None, True, False, 31),  # since 1 March: 121 days
    "Unknown start": (90, None, False, False, None),
    "Late": (90, "2025-01-10", True, False, 81),  # 171 days
    "Billing old": (91, None, True, False, 89),  # since 1 January: 180 days
    "Billing new": (91, None, False, False, None),
}


FILES = {
    "clients": """
        client,starts_on,ends_on,review_cadence_days,is_internal
        Edge start,2025-04-01,,90,
        Too new,2025-04-02,,90,
        Held on edge,2024-01-01,,90,
        Held inside,2024-01-01,,90,
        Held that day,2024-01-01,,90,
        Held after,2024-01-01,,90,
        Cancelled,2024-01-01,,90,
        No show,2024-01-01,,90,
        Internal kind,2024-01-01,,90,
        Planned,2024-01-01,,90,
        Usual,2024-01-01,,,
        Never owed,2024-01-01,,0,
        Ends today,2024-01-01,2025-06-30,90,
        Ended,2024-01-01,2025-06-29,90,
        No start,,,90,
        Unknown start,,,90,
        Late,2024-01-01,,90,
        Us,2024-01-01,,90,yes
        """,
    "reviews": """
        client,scheduled_on,held_on,status,kind
        Held on edge,2025-03-30,2025-04-01,held,qbr
        Held inside,,2025-04-02,,
        Held that day,2025-06-30,2025-06-30,held,annual
        Held after,2025-06-30,2025-07-01,held,qbr
        Cancelled,2025-06-01,2025-06-01,cancelled,qbr
        No show,2025-06-01,2025-06-01,no_show,qbr
        Internal kind,2025-06-01,2025-06-01,held,internal
        Planned,2025-06-01,,held,qbr
        Usual,2025-04-01,2025-04-01,held,qbr
        Never owed,2025-04-02,2025-04-02,held,qbr
        Late,2024-09-01,2024-09-01,held,qbr
        Late,2025-01-10,2025-01-10,held,qbr
        """,
    "invoice_lines": """
        client,invoiced_on,amount,revenue_class,service_months
        Edge start,2025-06-05,100,managed,
        Held inside,2025-06-05,300,other_recurring,
        Held inside,2025-06-05,9000,project,
        Held that day,2025-06-05,-50,managed,
        Usual,2025-01-05,1200,managed,12
        No start,2025-03-20,10,tm,
        Billing old,2025-01-31,10,tm,
        Billing new,2025-05-31,10,tm,
        """,
    "tickets": "ticket_id,opened_at\n1,2025-06-30 09:00",
}


@pytest.fixture(scope="module")
def book() -> Iterator[Desk]:
    with desk(
        **FILES,
    ) as found:
        yield found


@pytest.mark.parametrize("client", EXPECTED)
def test_status(book, client):
    row = book.by("client", "metrics.qbr_status", as_of="2025-06-30")[client]
    found = tuple(row[name] for name in ("cadence_days", "last_held_on", "is_due", "is_completed", "days_overdue"))
    assert found == EXPECTED[client]


def test_nobody_else_has_a_row(book):
    assert set(book.by("client", "metrics.qbr_status", as_of="2025-06-30")) == set(EXPECTED)


def test_completion(book):
    # thirteen due, three completed; June's MRR of those due: 100 + 300 + max(-50, 0) + 100, of them done 300 + 100
    found = book.one("metrics.qbr_completion", as_of="2025-06-30")
    assert (found["clients_due"], found["clients_completed"]) == (14, 3)
    assert found["completion_pct"] == ratio(3 / 14)
    assert found["mrr_weighted_pct"] == ratio(0.8)
