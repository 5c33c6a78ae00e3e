"""What a row is paid for: the days of its service, or the cycle in which it is billed."""

from datetime import datetime
from decimal import Decimal

import pytest

from tests.ingest.tables import cells, from_csv
from vitals.ingest.read.spans import span_of
from vitals.ingest.recognise.match import match
from vitals.ingest.shapes.months import monthly, months_between, months_of
from vitals.ingest.shapes.shape import reshape


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2026-01-01", "2026-12-31", 12),
        ("2026-01-15", "2026-04-14", 3),
        # an end that is the next period's start
        ("2026-01-01", "2027-01-01", 12),
        ("2026-01-31", "2026-02-28", 1),
        ("2026-01-01", "2026-01-10", 1),
    ],
)
def test_months_of_a_service(first, last, months):
    assert months_between(datetime.fromisoformat(first), datetime.fromisoformat(last)) == months


@pytest.mark.parametrize(
    ("cycle", "months"),
    [("Annual", 12), ("per month", 1), ("Every 3 months", 3), ("2 Years", 24), ("halbjährlich", 6), ("One-Time", 0),
     ("Bi-monthly", None), ("Net 30", None), ("P1M", 1), ("P3M", 3), ("P1Y", 12), ("p1y6m", 18), ("P52W", 12),
     ("P30D", None), ("PT1M", None), ("P", None), ("12", 12)],
)  # fmt: skip
def test_months_of_a_cycle(cycle, months):
    assert months_of(cycle) == (None if months is None else Decimal(months))


def test_a_cycle_that_nobody_knows_leaves_no_number():
    assert monthly("1200", "Annual") == "100"
    assert monthly("1200", "Bi-monthly") == "1200 Bi-monthly"


LINES = "Invoice #,Client,Invoice Date,Amount,{caption}\n1,Acme,2026-01-05,1200.00,{cells}"


def test_both_days_in_one_cell_are_a_period():
    sheet = from_csv(LINES.format(caption="Service Period", cells="2026-01-01 - 2026-12-31"))
    [found] = match(sheet)
    shaped, _ = reshape(sheet, found)
    assert [cells(shaped, found.columns[name]) for name in ("service_from", "service_months")] == [
        ["2026-01-01"],
        ["12"],
    ]
    assert not found.questions


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("01/01/2026 - 31/12/2026", ("01/01/2026", "31/12/2026")),
        ("01/01/2026-31/12/2026", ("01/01/2026", "31/12/2026")),
        ("2026-01-01/2026-12-31", ("2026-01-01", "2026-12-31")),
        ("2026-01-01-2026-12-31", ("2026-01-01", "2026-12-31")),
        ("from 01.01.2026 to 31.12.2026", ("01.01.2026", "31.12.2026")),
        ("Jan 1 - Dec 31, 2026", ("Jan 1 2026", "Dec 31, 2026")),
        ("1-31 Jan 2026", ("1 Jan 2026", "31 Jan 2026")),
        ("Jan-Dec 2026", ("2026-01-01", "2026-12-31")),
        ("January 2026 to March 2026", ("2026-01-01", "2026-03-31")),
        ("Dec - Feb 2028", ("2027-12-01", "2028-02-29")),
        ("2026-01 - 2026-12", ("2026-01-01", "2026-12-31")),
        ("Q2 2026", ("2026-04-01", "2026-06-30")),
        ("2026 H2", ("2026-07-01", "2026-12-31")),
        ("Feb 2026", ("2026-02-01", "2026-02-28")),
        ("2026", ("2026-01-01", "2026-12-31")),
        # financial years, lengths and days are none
        ("2025/26", None), ("2025-2026", None), ("12 months", None), ("2026-01-15", None), ("Q5 2026", None),
        ("Dec 2026 - Jan 2026", None),
    ],
)  # fmt: skip
def test_a_stretch_of_time_in_one_cell(text, span):
    assert span_of(text) == span


def test_a_column_of_single_months_is_no_period_and_one_of_years_is_asked_about():
    [months] = match(from_csv(LINES.format(caption="Period", cells="Jan 2026")))
    assert "service_months" not in months.columns and not months.questions
    [years] = match(from_csv(LINES.format(caption="Period", cells="2026")))
    assert [item.name for item in years.questions] == ["spread_over_service_days"]


def test_what_is_billed_once_has_no_period():
    sheet = from_csv(LINES.format(caption="Period", cells="Jan-Mar 2026") + "\n2,Acme,2026-01-05,80.00,One-time")
    [found] = match(sheet)
    assert cells(reshape(sheet, found)[0], found.columns["service_months"]) == ["3", ""]


def test_days_that_may_be_those_of_a_contract_are_asked_about():
    sheet = from_csv(LINES.format(caption="Start Date,End Date", cells="2026-01-01,2026-12-31"))
    [asked] = match(sheet)
    assert [(item.name, [*item.choices]) for item in asked.questions] == [("spread_over_service_days", ["yes", "no"])]
    [spread] = match(sheet, answers={"spread_over_service_days": "yes"})
    assert cells(reshape(sheet, spread)[0], spread.columns["service_months"]) == ["12"] and not spread.questions
    [kept] = match(sheet, answers={"spread_over_service_days": "no"})
    assert "service_months" not in kept.columns and not kept.questions


AGREEMENTS = "Client,Agreement,Start Date,Billing Amount,{captions}\nAcme,Managed,2026-01-01,1200.00,{cells}"


def _fee(captions: str, of_cells: str, **answers: str) -> tuple[list[str], list[str | None]]:
    sheet = from_csv(AGREEMENTS.format(captions=captions, cells=of_cells))
    [found] = match(sheet, answers=answers)
    return [item.name for item in found.questions], cells(reshape(sheet, found)[0], found.columns["monthly_fee"])


@pytest.mark.parametrize("caption", ["Term", "Contract Term", "Duration", "Commitment", "Cadence", "Cycles"])
def test_a_length_that_may_be_that_of_the_contract_is_asked_about(caption):
    assert _fee(caption, "12 months") == (["months_paid_for"], ["1200.00"])
    assert _fee(caption, "12 months", months_paid_for="one") == ([], ["1200.00"])
    assert _fee(caption, "P1Y", months_paid_for="5") == ([], ["100"])


@pytest.mark.parametrize(
    "caption", ["Billing Cycle", "Billing Period", "Billed", "Payment Frequency", "Invoice Interval"]
)
def test_what_is_said_to_be_the_cycle_is_taken_before_any_other_length(caption):
    assert _fee(f"Contract Term,{caption}", "36 months,P3M") == ([], ["400"])


def test_months_as_bare_numbers_are_read_where_the_caption_says_what_they_are():
    assert _fee("Billing Interval (months)", "12") == ([], ["100"])
    assert _fee("Billing Interval", "12")[0] == ["months_paid_for"]
    assert _fee("Review Frequency", "Quarterly") == ([], ["1200.00"])


def test_a_line_that_is_billed_for_a_year_is_spread_over_it_once_it_is_said():
    sheet = from_csv(LINES.format(caption="Billing Cycle", cells="P1Y"))
    [asked] = match(sheet)
    assert [(item.name, [*item.choices]) for item in asked.questions] == [("months_paid_for", ["one", "5"])]
    [spread] = match(sheet, answers={"months_paid_for": "5"})
    assert cells(reshape(sheet, spread)[0], spread.columns["service_months"]) == ["12"] and not spread.questions
    [monthly_lines] = match(from_csv(LINES.format(caption="Billing Cycle", cells="Monthly")))
    assert not monthly_lines.questions


def test_a_fee_that_says_it_is_monthly_is_left_as_it_is():
    sheet = from_csv("Client,Agreement,Start Date,Monthly Fee,Billing Cycle\nAcme,Managed,2026-01-01,800.00,Annual")
    [found] = match(sheet)
    assert found.columns["monthly_fee"] == 3 and not found.made


ENDED = (
    "Client,Start Date,{ends},Monthly Fee,{caption}\nAcme,01/02/2025,{until},100,05/06/2025\nBirch,13/02/2025,,100,\n"
)


def _last_days(caption: str, until: str = "04/03/2026", **answers: str) -> tuple[list[str], list[str | None]]:
    sheet = from_csv(ENDED.format(ends="End Date", caption=caption, until=until))
    [found] = match(sheet, answers=answers)
    asked = [item.name for item in found.questions]
    return asked, cells(reshape(sheet, found, "dmy")[0], found.columns["ends_on"])


@pytest.mark.parametrize(
    "caption", ["Cancelled On", "TERMINATED", "Left on", "Churn Date", "Gekündigt zum", "Résilié le"]
)
def test_a_day_on_which_something_ended_is_no_less_an_end_than_the_last_day_agreed(caption):
    asked = "which_column_is_ends_on"
    assert _last_days(caption) == ([asked], ["04/03/2026", ""])
    assert _last_days(caption, which_column_is_ends_on="earlier") == ([], ["05/06/2025", ""])
    assert _last_days(caption, which_column_is_ends_on="3") == ([], ["04/03/2026", ""])
    assert _last_days(caption, which_column_is_ends_on="column 5") == ([], ["05/06/2025", ""])
    # one of them empty, or both the same: nothing to ask
    assert _last_days(caption, "") == _last_days(caption, "05/06/2025") == ([], ["05/06/2025", ""])


def test_the_earlier_of_two_days_is_told_by_the_order_of_day_and_month():
    sheet = from_csv(ENDED.format(ends="End Date", caption="Cancelled On", until="06/05/2025"))
    [found] = match(sheet, answers={"which_column_is_ends_on": "earlier"})
    for order, first in (("dmy", "06/05/2025"), ("mdy", "05/06/2025")):
        assert cells(reshape(sheet, found, order)[0], found.columns["ends_on"]) == [first, ""]


@pytest.mark.parametrize("caption", ["Cancellation Notice Date", "Cancelled By", "Kündigungsfrist", "Next Invoice"])
def test_days_of_something_else_end_nothing(caption):
    assert _last_days(caption) == ([], ["04/03/2026", ""])


def test_a_line_too_short_to_say_when_it_ended_is_left_to_be_quarantined():
    sheet = from_csv(
        "Client,Start Date,End Date,Monthly Fee,Cancelled On\nAcme,2025-02-01,,100,2025-06-05\nBirch,2025-02-01\n"
    )
    [found] = match(sheet)
    assert cells(reshape(sheet, found)[0], found.columns["ends_on"]) == ["2025-06-05", None]
