"""Hours that are billable by their mark alone: whether the fee covers them is said, not guessed."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.sql.rows import entry, line, technician, whole
from vitals import warehouse

JANUARY = {"month_from": "2026-01-01", "month_to": "2026-01-01"}
MANAGED, HOURLY = {"revenue_class": "managed"}, {"revenue_class": "tm"}
MARKED = {"billable": True}


@pytest.fixture
def book(workspace):
    """One client on a fee of 1,000 with 20 h marked billable, 5 h not, 3 h of a project; another pays by the hour."""
    return workspace(
        invoice_lines=[
            line("Acme", "2026-01-05", 1000, **MANAGED),
            line("Acme", "2026-01-05", 100, **HOURLY),
            line("Birch", "2026-01-05", 900, **HOURLY),
        ],
        time_entries=[
            entry("2026-01-05", 20, "Acme", **MARKED),
            entry("2026-01-06", 5, "Acme", billable=False),
            entry("2026-01-07", 3, "Acme", work_type="Project", **MARKED),
            # what says itself how it is paid is no question
            entry("2026-01-08", 2, "Acme", coverage="billable"),
            entry("2026-01-08", 4, "Acme", billed_amount=400, **MARKED),
            entry("2026-01-09", 6, "Acme", agreement="Gold", **MARKED),
            entry("2026-01-12", 9, "Birch", **MARKED),
            *whole("2026-01"),
        ],
    )


def test_hours_that_no_fee_is_said_to_cover_are_weighed_against_what_is_billed_by_the_hour(book):
    # Acme alone is on a fee: 20 of its 40 h, 20 x 50 = 1,000 of cost against 100 billed by the hour
    assert book.one("metrics.work_on_top", **JANUARY) == {
        "clients": 1, "unsaid_hours": 20, "hours_share": 0.5, "unsaid_cost": 1000, "by_the_hour": 100,
        "paid_share": 0.1, "is_answered": False,
    }  # fmt: skip


def test_they_are_managed_once_they_are_said_to_be_covered(book):
    # on top: 5 + 6 h are the fee's, 11 x 50 = 550 of 1,000; covered: 20 h more, 31 x 50 = 1,550
    assert book.one("metrics.company_margin", **JANUARY)["managed_gross_margin_pct"] == pytest.approx(0.45)
    warehouse.set_assumption(book.con, "billable_work", "agreement")
    assert book.one("metrics.company_margin", **JANUARY)["managed_gross_margin_pct"] == pytest.approx(-0.55)
    assert book.one("metrics.work_on_top", **JANUARY)["is_answered"]
    asked = {"client": "Acme", "technician": None, "subset": None, "at_most": 10}
    rows = book.rows("metrics.behind_labour", **JANUARY, **asked)
    assert sum(row["hours"] for row in rows if row["is_managed"]) == 31


def test_without_a_client_on_a_fee_there_is_nothing_to_weigh(workspace):
    book = workspace(invoice_lines=[line("Birch", "2026-01-05", 900, **HOURLY)], time_entries=whole("2026-01"))
    found = book.one("metrics.work_on_top", **JANUARY)
    assert (found["clients"], found["hours_share"], found["paid_share"]) == (0, None, None)


def test_what_tickets_hold_of_a_month_is_weighed_against_the_assumed_contract(workspace):
    # 20 h and 12 h of two technicians in one month: 16 h each, of 40 x 52 / 12 = 173.3 h
    ticket = {"client": "Acme", "opened_at": datetime(2026, 1, 5, 9), "resolved_at": datetime(2026, 1, 30, 17)}
    book = workspace(
        invoice_lines=[line("Acme", "2026-01-05", 1000), line("Acme", "2026-02-02", 1000)],
        tickets=[
            {"ticket_id": "1", "technician": "Ann", "hours": 20, **ticket},
            {"ticket_id": "2", "technician": "Bob", "hours": 12, **ticket},
        ],
    )
    found = book.one("metrics.time_told", **JANUARY)
    assert (found["time_capture"], found["hours_a_technician"]) == (None, 16)
    assert found["assumed_capture"] == pytest.approx(16 / (40 * 52 / 12))
    # 9.2 % of it: nothing tells of the rest
    why = book.one("metrics.margin_reading", **JANUARY)["unread_because"].replace("\xa0", " ")
    assert why == (
        "tickets hold 16.0 h for each technician and month, 9 % of what a contract would be, and nothing tells of the "
        "rest"
    )
    assert book.one("metrics.client_margin_summary", **JANUARY)["unread_because"].replace("\xa0", " ") == why


@pytest.mark.parametrize(
    ("hours", "why"),
    [
        # of 176 contracted in January (22 weekdays of 8): 87 are written down, 88 are half
        ({"Acme": 87}, "only 49 % of the time at work is written down"),
        ({"Acme": 88}, None),
        # Nobody has no invoice: 61 of 121 hours are its, and 60 of 120 are half
        ({"Acme": 60, "Nobody": 61}, "50 % of client hours belong to clients without an invoice"),
        ({"Acme": 60, "Nobody": 60}, None),
    ],
)
def test_a_margin_cannot_be_read_where_little_is_written_down_or_most_hours_have_no_invoice(workspace, hours, why):
    book = workspace(
        invoice_lines=[line("Acme", "2026-01-05", 1000)],
        technicians=[technician("Ann", hours_per_week=40, starts_on="2025-01-01")],
        time_entries=[
            *(entry("2026-01-06", worked, client, technician="Ann") for client, worked in hours.items()),
            *whole("2026-01"),
        ],
    )
    for query in ("metrics.margin_reading", "metrics.client_margin_summary"):
        found = book.one(query, **JANUARY)["unread_because"]
        assert (found or "").replace("\xa0", " ") == (why or "")
