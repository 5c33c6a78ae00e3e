"""How far each source reaches, which months are whole, and which of them a margin counts."""

from datetime import date, timedelta

import pandas as pd
import pytest

from tests.sql.rows import day, entry, line, months, reached, technician, whole

# January 2026: Thursday the 1st to Friday the 30th; its third business day is the 5th, its third-last the 28th.
JANUARY = "2026-01"
FUTURE = str(date.today() + timedelta(days=3))


def month(book, start: str = JANUARY) -> dict:
    return book.by("month_start", "metrics.months")[day(start)]


def is_complete(workspace, start: str = JANUARY, **tables) -> tuple:
    found = month(workspace(**tables), start)
    return found["is_complete_for_invoices"], found["is_complete_for_labour"]


def test_each_source_has_its_own_end_and_the_future_none(workspace):
    book = workspace(
        invoice_lines=[line("Acme", "2026-03-02", 10), line("Acme", FUTURE, 10)],
        time_entries=[entry("2026-01-09", 1), entry(FUTURE, 1)],
        tickets=[
            {
                "ticket_id": "1",
                "opened_at": day("2026-01-05"),
                "resolved_at": day("2026-02-03"),
                "closed_at": day("2026-02-10"),
            },
            {"ticket_id": "2", "opened_at": day(FUTURE)},
        ],
    )
    found = book.one("metrics.default_period")
    ends = {name: str(found[name]) for name in found if name.endswith("_through")}
    assert ends == {
        "data_through": "2026-03-02",
        "invoices_through": "2026-03-02",
        "labour_through": "2026-01-09",
        # closed a week after it was resolved
        "tickets_through": "2026-02-10",
    }


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        ("2026-01-05", "2026-01-28", True),
        ("2026-01-05", "2026-01-27", False),
        # entries that begin on the fourth business day leave the first month open
        ("2026-01-06", "2026-01-28", False),
    ],
)
def test_labour_is_complete_from_the_third_business_day_to_the_third_last(workspace, first, last, wanted):
    tables = {"time_entries": [entry(first, 1), entry(last, 1)], "invoice_lines": [line("Acme", "2026-01-01", 1)]}
    assert is_complete(workspace, **tables)[1] is wanted


def test_holidays_move_the_business_days(workspace):
    tables = {"time_entries": [entry("2026-01-06", 1), entry("2026-01-27", 1)]}
    assert is_complete(workspace, **tables) == (False, False)
    # without the 1st and the 30th the third business day is the 6th, the third-last the 27th
    holidays = [{"day": day("2026-01-01")}, {"day": day("2026-01-30")}]
    assert is_complete(workspace, **tables, holidays=holidays) == (False, True)


def test_months_between_the_first_and_the_last_entry_are_complete_and_may_be_empty(workspace):
    book = workspace(time_entries=[entry("2026-01-20", 1), entry("2026-03-31", 1)])
    found = {
        str(key)[:7]: row["is_complete_for_labour"] for key, row in book.by("month_start", "metrics.months").items()
    }
    assert found == {"2026-01": False, "2026-02": True, "2026-03": True}
    assert (month(book, "2026-02")["has_labour"], month(book, "2026-02")["is_covered"]) == (False, False)


def test_ticket_hours_complete_only_months_without_entries(workspace):
    tickets = [
        {"ticket_id": "1", "client": "Acme", "hours": 2, "resolved_at": day("2026-01-29")},
        {"ticket_id": "2", "client": "Acme", "hours": 2, "resolved_at": day("2026-02-26")},
    ]
    # the entries stop on 20 January; tickets after them are the labour of February, which they complete
    book = workspace(tickets=tickets, time_entries=[entry("2026-01-05", 1), entry("2026-01-20", 1)])
    assert month(book)["is_complete_for_labour"] is False
    assert month(book, "2026-02")["is_complete_for_labour"] is True
    # by tickets alone January needs its beginning, too: a ticket on the desk by its third business day
    assert month(workspace(tickets=tickets))["is_complete_for_labour"] is False
    book = workspace(tickets=[*tickets, *reached("2026-01-02")])
    assert month(book)["is_complete_for_labour"] is True


@pytest.mark.parametrize(
    ("billed", "through", "wanted"),
    [
        ("2026-01-02", "2026-01-30", True),
        ("2026-01-02", "2026-01-29", False),
        # nothing was billed in January or later
        ("2025-12-31", "2026-01-30", False),
        ("2026-02-01", "2026-02-01", True),
    ],
)
def test_invoices_are_complete_up_to_their_last_month_once_any_source_has_passed_it(workspace, billed, through, wanted):
    lines = [line("Acme", "2025-12-01", 1, service_months=3), line("Acme", billed, 1)]
    assert is_complete(workspace, invoice_lines=lines, tickets=reached(through))[0] is wanted


def test_tickets_are_complete_at_the_third_last_business_day(workspace):
    lines = [line("Acme", "2026-01-02", 1)]
    for through, wanted in (("2026-01-28", True), ("2026-01-27", False)):
        book = workspace(invoice_lines=lines, tickets=[*reached("2026-01-02"), *reached(through)])
        assert month(book)["is_complete_for_tickets"] is wanted


def test_margins_count_covered_months_and_say_how_many(workspace):
    """Two years of invoices beside four months of hours: the old months are no profit without labour."""
    lines = [line("Acme", f"{year}-{number:02}-01", 1000) for year in (2024, 2025) for number in range(1, 13)]
    lines.append(line("Idle", "2025-10-01", 500))
    work = [entry(f"2025-{number:02}-15", 8, "Acme", technician="Ann") for number in range(9, 13)]
    book = workspace(
        technicians=[technician("Ann", hourly_cost=50)],
        invoice_lines=lines,
        time_entries=[*work, *whole("2025-09", "2025-12")],
    )
    two_years = months("2024-01", "2025-12")
    whole_book = book.one("metrics.company_margin", **two_years)
    # four months: 4,000 + 500 of revenue, 4 x 8 h x 50 of labour
    assert (whole_book["months_asked"], whole_book["months_covered"]) == (24, 4)
    assert (whole_book["covered_from"], whole_book["covered_to"]) == (day("2025-09"), day("2025-12"))
    window = book.one("metrics.signal_window", as_of=day("2025-12-31"))
    # of January to December the last four
    found = (window["twelve_from"], window["months_covered"], window["covered_from"])
    assert found == (day("2025-01"), 4, day("2025-09"))
    assert (whole_book["revenue"], whole_book["labour_cost"], whole_book["gross_margin"]) == (4500, 1600, 2900)
    rows = book.by("client", "metrics.client_margin", **two_years)
    assert (rows["Acme"]["revenue"], rows["Acme"]["gross_margin"]) == (4000, 2400)
    # no hours in a covered month is none, not unknown
    assert (rows["Idle"]["labour_hours"], rows["Idle"]["gross_margin"]) == (0, 500)
    # a month that isn't covered keeps its revenue and has no margin
    monthly = {row["month_start"]: row for row in book.rows("metrics.client_margin_monthly") if row["client"] == "Acme"}
    assert (monthly[day("2025-08")]["revenue"], monthly[day("2025-08")]["gross_margin"]) == (1000, None)
    assert (monthly[day("2025-09")]["gross_margin"], monthly[day("2025-08")]["is_covered"]) == (600, False)
    company = book.by("month_start", "metrics.company_margin_monthly")
    assert (company[day("2025-08")]["gross_margin_pct"], company[day("2025-09")]["gross_margin_pct"]) == (None, 0.6)
    assert book.one("metrics.tier_dispersion", **two_years)["clients"] == 2


def test_a_period_without_a_covered_month_has_no_margin(workspace):
    book = workspace(invoice_lines=[line("Acme", "2026-01-01", 10)], time_entries=whole("2025-11"))
    found = book.one("metrics.company_margin", **months("2025-12", "2026-01"))
    assert (found["months_asked"], found["months_covered"]) == (2, 0)
    assert (found["covered_from"], found["covered_to"]) == (None, None)
    assert [found[name] for name in ("revenue", "gross_margin", "gross_margin_pct", "service_payroll")] == [None] * 4
    assert book.rows("metrics.client_margin", **months("2025-12", "2026-01")) == []


def test_without_any_labour_invoices_alone_decide(workspace):
    book = workspace(
        invoice_lines=[line("Acme", "2026-01-01", 10), line("Acme", "2026-02-01", 10)], tickets=reached("2026-02-04")
    )
    found = book.one("metrics.company_margin", **months("2026-01", "2026-02"))
    assert (found["months_covered"], found["revenue"], found["gross_margin"]) == (1, 10, None)


def test_without_any_invoice_hours_are_shown_and_no_month_is_covered(workspace):
    book = workspace(time_entries=[entry("2026-01-15", 3, "Acme")])
    (row,) = book.rows("metrics.client_margin", **months(JANUARY))
    assert (row["labour_hours"], row["revenue"], row["gross_margin"]) == (3, None, None)
    assert book.one("metrics.company_margin", **months(JANUARY))["months_covered"] == 0


def test_a_month_with_less_than_half_of_the_usual_is_thin_and_counts(workspace):
    revenue = {"2025-09": 100, "2025-10": 100, "2025-11": 40, "2025-12": 100}
    hours = {"2025-09": 10, "2025-10": 4, "2025-11": 10, "2025-12": 10}
    book = workspace(
        invoice_lines=[line("Acme", f"{start}-01", amount) for start, amount in revenue.items()],
        time_entries=[entry(f"{start}-15", amount, "Acme") for start, amount in hours.items()]
        + whole("2025-09", "2025-12"),
    )
    # medians 100 and 10: 40 and 4 lie below half of them
    rows = book.by("month_start", "metrics.months")
    assert [str(start)[:7] for start, row in rows.items() if row["is_thin"]] == ["2025-10", "2025-11"]
    company = book.one("metrics.company_margin", **months("2025-09", "2025-12"))
    assert (company["revenue"], company["labour_hours"], company["months_covered"]) == (340, 34, 4)
    summary = book.one("metrics.client_margin_summary", **months("2025-09", "2025-12"))
    assert summary["thin_months"] == "Oct 2025, Nov 2025"


def test_the_usual_period_is_the_last_twelve_covered_months(workspace):
    """A gap in the hours is no covered month, so the twelve reach a month further back."""
    starts = [f"{2024 + (8 + n) // 12}-{(8 + n) % 12 + 1:02}" for n in range(16)]
    book = workspace(
        invoice_lines=[line("Acme", f"{start}-01", 10) for start in starts],
        time_entries=[row for start in starts if start != "2025-06" for row in whole(start)],
        tickets=reached("2026-02-10"),
    )
    found = book.one("metrics.default_period")
    # September 2024 to December 2025 without June
    assert (found["month_from"], found["month_to"]) == (day("2024-12"), day("2025-12"))
    # obligations are judged where the margins end, though tickets go on
    assert (found["as_of"], found["data_through"]) == (day("2025-12-31"), day("2026-02-10"))


def test_as_of_is_at_most_the_last_day_of_the_data(workspace):
    lines = [line("Acme", "2026-05-01", 10)]
    book = workspace(invoice_lines=lines, time_entries=whole("2026-05"))
    # Friday 29 May is the last weekday, and the last day that anything is known of
    assert book.one("metrics.default_period")["as_of"] == day("2026-05-29")


def _fourteen_months(workspace, **more):
    """Alder pays 900 a month from September 2025 to October 2026, Elm 100 until April 2026."""
    paid = [str(start.date()) for start in pd.date_range("2025-09-01", periods=14, freq="MS")]
    lines = [line("Alder", on, 900, revenue_class="managed") for on in paid]
    lines += [line("Elm", on, 100, revenue_class="managed") for on in paid[:8]]
    return workspace(invoice_lines=lines, tickets=reached("2026-10-30"), **more)


def test_what_invoices_say_alone_counts_their_months_however_short_hours_are(workspace):
    alone = _fourteen_months(workspace)
    with_hours = _fourteen_months(workspace, time_entries=whole("2026-06", "2026-10"))
    year = {**months("2025-11", "2026-10"), "as_of": day("2026-10-30"), "data_through": day("2026-10-30")}
    assert alone.one("metrics.invoice_period") == year == with_hours.one("metrics.invoice_period")
    # margins count what both cover: June to October
    usual = with_hours.one("metrics.default_period")
    assert {name: usual[name] for name in ("month_from", "month_to")} == months("2026-06", "2026-10")
    # of 1,000 in October 2025 the 900 of Alder are left a year later
    kept = with_hours.one("metrics.period_retention", **months("2025-11", "2026-10"))
    assert (kept["gross_revenue_retention"], kept["clients_opening"], kept["clients_lost"]) == (0.9, 2, 1)
    assert (
        kept["gross_revenue_retention"]
        == with_hours.one("metrics.yearly_retention", month_to=day("2026-10"))["gross_revenue_retention"]
    )


def test_without_a_complete_invoice_month_the_period_is_the_usual_one(workspace):
    book = workspace(time_entries=whole("2026-06", "2026-10"))
    usual = book.one("metrics.default_period")
    assert book.one("metrics.invoice_period") == {
        name: usual[name] for name in ("month_from", "month_to", "as_of", "data_through")
    }
