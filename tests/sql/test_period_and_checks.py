"""Where the data ends, which months are complete, and what the checks return."""

from datetime import date, timedelta

import pytest

from tests.sql.rows import day, entry, line, technician, whole
from vitals import warehouse
from vitals.queries import all_queries

CHECKS = sorted(name for name, query in all_queries().items() if query.layer == "checks")


def period(book) -> tuple:
    row = book.one("metrics.default_period")
    return tuple(row[name] and row[name].isoformat() for name in ("month_from", "month_to", "as_of"))


def steady(first: int, last: int, year: int = 2025) -> dict:
    """An invoice on the first of each month, and hours on its first and last weekday."""
    return {
        "invoice_lines": [line("Acme", f"{year}-{month:02}-01", 10) for month in range(first, last + 1)],
        "time_entries": whole(f"{year}-{first:02}", f"{year}-{last:02}"),
    }


def test_default_period_is_the_last_twelve_complete_months_with_both(workspace):
    tables = steady(1, 12, 2024)
    later = steady(1, 5)
    tables = {name: rows + later[name] for name, rows in tables.items()}
    # 29 May 2025 is a Thursday: the invoices of May may not all be there
    tables["time_entries"][-1] = entry("2025-05-29", 1)
    assert period(workspace(**tables)) == ("2024-05-01", "2025-04-01", "2025-04-30")


def test_a_month_is_complete_on_its_last_weekday(workspace):
    # 30 May 2025 is a Friday, the 31st a Saturday
    ends = {
        "2025-05-29": ("2025-04-01", "2025-04-30"),
        "2025-05-30": ("2025-05-01", "2025-05-30"),
        "2025-05-31": ("2025-05-01", "2025-05-31"),
    }
    for last, (month_to, as_of) in ends.items():
        tables = steady(3, 5)
        tables["time_entries"][-1] = entry(last, 1)
        assert period(workspace(**tables)) == ("2025-03-01", month_to, as_of)


def test_a_month_that_hours_or_tickets_begin_in_the_middle_of_is_complete_for_neither(workspace):
    """Tickets with their hours from 15 September on: neither that month nor those before it are whole."""
    tickets = [
        {
            "ticket_id": f"{on}",
            "opened_at": day(on),
            "resolved_at": day(on),
            "hours": 1,
            "technician": "Ann",
            "client": "Acme",
        }
        for on in ("2025-09-15", "2025-09-30", "2025-10-06", "2025-10-31", "2025-11-28")
    ]
    lines = [line("Acme", f"2025-{month:02}-01", 10) for month in range(7, 12)]
    book = workspace(tickets=tickets, invoice_lines=lines)
    found = book.by("month_start", "metrics.months")
    named = ("is_complete_for_labour", "is_complete_for_tickets", "is_covered")
    assert {f"{month:%m}": tuple(row[name] for name in named) for month, row in found.items()} == {
        "07": (False, False, False),
        "08": (False, False, False),
        "09": (False, False, False),
        "10": (True, True, True),
        "11": (True, True, True),
    }
    # 3 September is the third business day
    whole_from = workspace(
        tickets=[{**tickets[0], "opened_at": day("2025-09-03"), "resolved_at": day("2025-09-03")}, *tickets[1:]],
        invoice_lines=lines,
    )
    assert whole_from.by("month_start", "metrics.months")[day("2025-09")]["is_complete_for_labour"]


def test_the_future_never_moves_the_end_of_the_data(workspace):
    tomorrow = date.today() + timedelta(days=1)
    tables = steady(3, 5)
    tables["time_entries"] += [{"worked_on": tomorrow, "hours": 1}]
    book = workspace(**tables)
    assert period(book) == ("2025-03-01", "2025-05-01", "2025-05-30")
    assert [row["day"] for row in book.rows("checks.dates_in_the_future")] == [tomorrow]


def test_without_both_the_period_is_what_there_is(workspace):
    only_billed = {"invoice_lines": [*steady(3, 5)["invoice_lines"], line("Acme", "2025-05-30", 1)]}
    assert period(workspace(**only_billed)) == ("2025-03-01", "2025-05-01", "2025-05-30")
    only_worked = {"time_entries": steady(3, 5)["time_entries"]}
    assert period(workspace(**only_worked)) == ("2025-03-01", "2025-05-01", "2025-05-30")
    assert period(workspace()) == (None, None, None)


def test_tickets_move_the_end_of_the_data_and_not_the_period(workspace):
    tables = steady(3, 5)
    book = workspace(
        **tables, tickets=[{"ticket_id": "1", "opened_at": day("2025-06-05"), "resolved_at": day("2025-07-09")}]
    )
    assert period(book) == ("2025-03-01", "2025-05-01", "2025-05-31")
    assert book.one("metrics.default_period")["data_through"] == day("2025-07-09")


@pytest.mark.parametrize("check", CHECKS)
def test_a_clean_workspace_offends_no_check(workspace, check):
    tables = steady(3, 5)
    people = [technician("Ann", hourly_cost=40)]
    hours = [{**row, "technician": "Ann", "client": "Acme"} for row in tables["time_entries"]]
    lines = [{**row, "revenue_class": "managed"} for row in tables["invoice_lines"]]
    book = workspace(
        clients=[{"client": "Acme"}],
        technicians=people,
        invoice_lines=lines,
        time_entries=hours,
        reviews=[{"client": "Acme", "held_on": day("2025-05-05")}],
    )
    assert book.rows(check) == []


def test_flags_that_need_the_other_files(workspace):
    book = workspace(
        clients=[{"client": "Acme"}],
        tickets=[{"ticket_id": "1", "client": "Nobody Inc"}, {"ticket_id": "2"}],
        time_entries=[
            entry("2026-01-05", 30, "Acme", technician="Ann"),
            entry("2026-01-06", 9, "Acme", technician="Bob"),
            entry("2026-01-06", 9, "Acme", technician="Bob"),
            entry("2026-01-06", 9, "Acme", technician="Bob"),
            entry("2026-01-06", 23, "Acme"),
            entry("2026-01-06", 2, "Acme"),
        ],
        flags=[{"load_id": 1, "entity": "time_entries", "row_number": 2, "flag": "over_24_hours"}],
    )
    counts = {row["flag"]: row["rows"] for row in book.rows("metrics.flag_counts")}
    # no technicians file, so nobody lacks a rate
    assert counts == {"over_24_hours": 1, "over_24_hours_in_a_day": 3, "unknown_client": 1}


def test_nothing_is_lost_on_the_way_to_the_clients(workspace):
    book = workspace(
        clients=[{"client": "Our MSP", "is_internal": True}],
        tickets=[{"ticket_id": "1", "hours": 9}],
        invoice_lines=[
            line("Acme", "2026-01-05", "100.01", service_months=7),
            line("Our MSP", "2026-01-05", 5),
            line("Acme", "2026-01-05", 30, is_credit=True),
        ],
        time_entries=[
            entry("2026-01-05", "0.1", "Acme"),
            entry("2026-01-05", "0.2"),
            entry("2026-01-05", 4, ticket_id="1"),
        ],
    )
    steps = book.rows("metrics.step_balances")
    assert all(row["is_balanced"] for row in steps)
    totals = {(row["step"], row["measure"]): str(row["left_side"].normalize()) for row in steps}
    assert totals["cleaned tables to monthly sums", "money, credit notes negative"] == "75.01"
    # 4.3 of entries, and 9 on a ticket without a date
    hours = "hours, those undated and those that time entries replace included"
    assert totals["cleaned tables to monthly sums", hours] == "13.3"


def test_what_is_lost_on_the_way_is_told(workspace):
    """A line of 30 that the build forgets, and a month that its hours never reach: each side is counted by itself."""
    book = workspace(
        invoice_lines=[line("Acme", "2026-01-05", 100), line("Acme", "2026-01-05", 30)],
        time_entries=[entry("2026-01-05", 4, "Acme"), entry("2026-02-05", 3, "Acme")],
    )
    reach_staging, reach_a_month = "checks.rows_in_use_reach_staging", "checks.hours_of_every_entry_reach_a_month"
    assert book.rows(reach_staging) == book.rows(reach_a_month) == []
    for lost in ("staging.invoice_lines where amount = 30", "core.fct_labour where hours = 3"):
        book.con.con.execute(f"delete from {lost}")
    for counted in ("core.entity_rows", "core.fct_labour_monthly"):
        book.con.con.execute(warehouse.created_as(all_queries()[counted]))
    assert [list(row.values()) for row in book.rows(reach_staging)] == [["invoice_lines", 2, 1, 130, 100]]
    assert [list(row.values()) for row in book.rows(reach_a_month)] == [[7, 4, 0, 0]]


def test_workspace_contents_list_every_kind(workspace):
    rows = workspace(**steady(3, 5)).by("entity", "metrics.workspace_contents")
    assert len(rows) == 11
    lines = rows["invoice_lines"]
    assert (lines["label"], lines["rows"], lines["first_on"], lines["has_rows"]) == (
        "Invoice lines",
        3,
        day("2025-03"),
        True,
    )
    assert (rows["reviews"]["label"], rows["reviews"]["has_rows"]) == ("Reviews", False)
