"""The rows behind a number add up to it: invoice lines to revenue, hours to client hours and labour cost."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.sql.rows import entry, line, technician

QUARTER = {"month_from": date(2026, 2, 1), "month_to": date(2026, 4, 1)}
ALL = {"client": None, "subset": None, "at_most": None}


@pytest.fixture
def book(covered):
    """A line for a year and one for a month, a credit note, work of two people, and internal work."""
    return covered(
        technicians=[technician("Ann", hourly_cost=40), technician("Sam", hourly_cost=80)],
        invoice_lines=[
            line("Acme", "2026-01-10", 100, service_from=date(2026, 1, 1), service_months=12, direct_cost=12),
            line("Birch", "2026-04-03", 70),
            line("Birch", "2026-04-20", 20, is_credit=True),
            line("Acme", "2026-05-03", 999),
        ],
        time_entries=[
            entry("2026-02-03", 2, "Acme", technician="Ann"),
            entry("2026-04-03", 3, "Birch", technician="Sam"),
            entry("2026-04-03", 5, None, technician="Sam"),
            entry("2026-05-03", 8, "Birch", technician="Sam"),
        ],
        tickets=[
            {"ticket_id": "1", "client": "Acme", "opened_at": datetime(2026, 2, 3, 9)},
            {"ticket_id": "2", "client": "Acme", "opened_at": datetime(2026, 4, 30, 23)},
            {"ticket_id": "3", "client": "Acme", "opened_at": datetime(2026, 5, 1)},
        ],
        reviews=[
            {"client": "Acme", "held_on": date(2026, 4, 30), "status": "completed"},
            {"client": "Birch", "held_on": date(2026, 3, 1), "status": "cancelled"},
            {"client": "Acme", "held_on": date(2026, 5, 1), "status": "completed"},
        ],
    )


def test_line_has_its_share_of_the_months_to_the_ten_thousandth(book):
    found = {row["amount"]: row for row in book.rows("metrics.behind_invoice_lines", **QUARTER, **ALL)}
    # 100 over twelve months: 8.3333 a month and 8.3334 in every third, so February to April hold
    # round(100 x 4 / 12, 4) - round(100 x 1 / 12, 4) = 33.3333 - 8.3333
    assert found[100]["revenue"] == Decimal("25.0000")
    assert found[100]["direct_cost"] == 3
    assert (found[70]["revenue"], found[-20]["revenue"]) == (70, -20)
    assert 999 not in found
    assert {row["whole_in_all"] for row in found.values()} == {75}
    assert {row["rows_in_all"] for row in found.values()} == {3}


def test_lines_add_up_to_the_revenue_of_each_client(book):
    margins = book.by("client", "metrics.client_margin", **QUARTER)
    for client in ("Acme", "Birch"):
        rows = book.rows("metrics.behind_invoice_lines", **QUARTER, client=client, subset=None, at_most=None)
        assert sum(row["revenue"] for row in rows) == margins[client]["revenue"]
        assert sum(row["direct_cost"] for row in rows) == margins[client]["direct_cost"]


def test_work_adds_up_to_hours_and_cost(book):
    rows = book.rows("metrics.behind_labour", **QUARTER, **ALL, technician=None)
    assert sorted((row["hours"], row["labour_cost"]) for row in rows if not row["is_internal"]) == [(2, 80), (3, 240)]
    # nobody's client bears the five hours without one
    assert [row["labour_cost"] for row in rows if row["hours"] == 5] == [None]
    assert {row["whole_in_all"] for row in rows} == {5}
    margins = book.by("client", "metrics.client_margin", **QUARTER)
    assert margins["Birch"]["labour_cost"] == 240


def test_rows_of_one_technician_alone(book):
    rows = book.rows("metrics.behind_labour", **QUARTER, **ALL, technician="Sam")
    assert sorted(row["hours"] for row in rows) == [3, 5]


def test_tickets_opened_in_the_months_first_minute_to_last(book):
    rows = book.rows("metrics.behind_tickets", **QUARTER, **ALL, technician=None, priority=None, category=None)
    assert {row["ticket_id"] for row in rows} == {"1", "2"}
    assert {(row["rows_in_all"], row["part_in_all"]) for row in rows} == {(2, 2)}


def test_reviews_up_to_the_last_day_with_why_one_does_not_count(book):
    rows = book.rows("metrics.behind_reviews", as_of=date(2026, 4, 30), **ALL)
    assert [(row["client"], row["is_held"], row["not_held_because"]) for row in rows] == [
        ("Acme", True, None),
        ("Birch", False, "cancelled"),
    ]


def test_first_rows_are_shown_and_all_counted(book):
    rows = book.rows("metrics.behind_invoice_lines", **QUARTER, client=None, subset=None, at_most=1)
    assert [(row["amount"], row["rows_in_all"]) for row in rows] == [(70, 3)]


def test_clients_and_technicians_can_be_chosen_by_name(book):
    found = {(row["kind"], row["name"]) for row in book.rows("metrics.names_of_rows")}
    assert {("client", "Acme"), ("client", "Birch"), ("technician", "Ann"), ("technician", "Sam")} <= found
