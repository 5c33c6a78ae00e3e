"""Tables of clients by month: one row for each filled cell, totals set aside and used as a check."""

import calendar
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.written import book
from tests.properties.made import scaled
from vitals import warehouse, workspace
from vitals.ingest.preparation import prepare
from vitals.ingest.read.month_captions import month_of, months_in

TITLES = 'Sales by Customer Summary\nBlue Lake MSP LLC\n"January - March, 2025"\n\n'
FOOTER = '\n"Accrual basis Monday, April 7, 2025 10:00 AM GMT-05:00",,,,\n'

pytestmark = pytest.mark.usefixtures("lazily")


def loaded(text, name="sales.csv", **options):
    """The report of a file in an empty workspace, and its invoices: client, date, amount, row."""
    con = warehouse.connect()
    data = text if isinstance(text, bytes) else text.encode()
    [report] = workspace.load_files(
        con, [workspace.Upload(name, data)], workspace.LoadOptions(**options), prepare=prepare
    )
    rows = con.execute("select client, invoiced_on, amount, row_number from raw.invoice_lines order by 1, 2").fetchall()
    con.close()
    return report, rows


def counts(report):
    assert report.rows_read == report.rows_loaded + report.rows_quarantined + report.rows_set_aside
    return report.rows_loaded, report.rows_quarantined, report.reasons


def amounts(rows):
    return [(client, f"{day:%Y-%m}", float(amount)) for client, day, amount, _ in rows]


def test_each_filled_cell_is_an_invoice_of_its_client_and_month():
    report, rows = loaded(
        TITLES + ',Jan 2025,Feb 2025,Mar 2025,Total\nAcme,"1,000.00",,"1,200.00","2,200.00"\n'
        'Birch,500.00,500.00,,"1,000.00"\nTOTAL,"$1,500.00",$500.00,"$1,200.00","$3,200.00"\n' + FOOTER
    )
    assert report.decision == "accept" and report.header_row == 5
    assert [row[:3] for row in rows] == [
        ("Acme", date(2025, 1, 1), Decimal(1000)),
        ("Acme", date(2025, 3, 1), Decimal(1200)),
        ("Birch", date(2025, 1, 1), Decimal(500)),
        ("Birch", date(2025, 2, 1), Decimal(500)),
    ]
    assert [row[3] % 10_000_000_000 for row in rows] == [6, 6, 7, 7] and rows[0][3] == 6
    assert counts(report) == (4, 0, {"blank": 1, "footer": 1, "subtotal_or_total": 1})
    assert report.money_read == report.money_loaded == 3200
    assert "2 cells below months are empty" in report.message
    assert "total in row 8 agrees" in report.message


def test_total_that_disagrees_is_said_for_the_file_and_for_the_line():
    report, _ = loaded(TITLES + ",Jan 2025,Feb 2025,Total\nAcme,100,200,310\nBirch,50,50,100\nTOTAL,150,250,410\n")
    assert "row 6 says 310, its months 300" in report.message
    assert "total in row 8 is 410.00, but its rows add up to 400.00" in report.message
    assert report.money_loaded == 400


def test_total_line_without_a_total_column_is_a_check_as_well():
    report, _ = loaded(TITLES + ",Jan 2025,Feb 2025\nAcme,100,200\nBirch,50,50\nTOTAL,150,250\n")
    assert "total in row 8 agrees with its rows: amount 400.00" in report.message


def test_unreadable_cell_is_quarantined_by_itself_and_short_line_as_a_whole():
    report, rows = loaded(TITLES + ",Jan 2025,Feb 2025,Mar 2025\nAcme,100,soon,300\nBirch,50\nCedar,1,2,3\n")
    assert amounts(rows) == [
        ("Acme", "2025-01", 100.0), ("Acme", "2025-03", 300.0),
        ("Cedar", "2025-01", 1.0), ("Cedar", "2025-02", 2.0), ("Cedar", "2025-03", 3.0),
    ]  # fmt: skip
    assert counts(report) == (5, 2, {"amount_not_a_number": 1, "wrong_number_of_cells": 1})


def test_client_without_any_sales_is_set_aside_and_one_without_a_name_quarantined():
    report, rows = loaded(TITLES + ",Jan 2025,Feb 2025,Total\nAcme,100,200,300\nBirch,,,\n,5,,5\n")
    assert amounts(rows) == [("Acme", "2025-01", 100.0), ("Acme", "2025-02", 200.0)]
    assert counts(report) == (2, 1, {"blank": 1, "client_missing": 1})
    assert report.money_quarantined == 5 and report.money_read == 305


@pytest.mark.parametrize("total", ["Total for Acme", "Total Acme"])
def test_clients_within_a_client_keep_its_name_and_its_total_does_not_count_again(total):
    report, rows = loaded(
        TITLES + f",Jan 2025,Feb 2025,Total\nAcme,10,20,30\n   North,1,2,3\n   South,4,5,9\n{total},15,27,42\n"
        "Birch,50,50,100\nTOTAL,65,77,142\n"
    )
    assert amounts(rows)[:4] == [
        ("Acme", "2025-01", 10.0), ("Acme", "2025-02", 20.0),
        ("Acme:North", "2025-01", 1.0), ("Acme:North", "2025-02", 2.0),
    ]  # fmt: skip
    assert {row[0] for row in rows} == {"Acme", "Acme:North", "Acme:South", "Birch"}
    assert report.money_loaded == 142 and report.reasons == {"subtotal_or_total": 2}


def test_parent_without_sales_of_its_own_still_names_its_clients():
    _, rows = loaded(TITLES + ",Jan 2025,Feb 2025\nAcme,,\nNorth,1,2\nTotal for Acme,1,2\nBirch,5,5\n")
    assert {row[0] for row in rows} == {"Acme:North", "Birch"}


def test_client_whose_name_begins_as_a_total_is_a_client():
    report, rows = loaded(TITLES + ",Jan 2025,Feb 2025\nAcme,1,2\nTotal Wine & More,30,40\nTotal sales,31,42\n")
    assert {row[0] for row in rows} == {"Acme", "Total Wine & More"}
    assert report.reasons == {"subtotal_or_total": 1}


def test_overlapping_reports_count_each_month_once():
    con = warehouse.connect()
    first = TITLES + ",Jan 2025,Feb 2025\nAcme,100,200\n"
    second = TITLES + ",Jan 2025,Feb 2025,Mar 2025\nAcme,100,200,300\n"
    files = [workspace.Upload(f"{place}.csv", text.encode()) for place, text in enumerate((first, second))]
    workspace.load_files(con, files, workspace.LoadOptions(), prepare=prepare)
    assert con.execute("select sum(amount) from staging.invoice_lines").fetchall() == [(600,)]
    con.close()


def test_table_without_a_title_is_asked():
    text = "Client,Jan 2025,Feb 2025,Mar 2025\nAcme,100,200,300\n"
    report, rows = loaded(text)
    assert report.decision == "ask" and not rows
    assert [one.name for one in report.questions] == ["confirm_mapping"]
    report, rows = loaded(text, answers={"confirm_mapping": "yes"})
    assert report.decision == "accept" and len(rows) == 3


def test_workbook_with_dates_as_captions():
    rows = [["Sales by Customer Summary"], [], ["Customer", date(2025, 1, 1), date(2025, 2, 1), "Total"]]
    report, found = loaded(book(("Sheet1", [*rows, ["Acme", 100, None, 100], ["TOTAL", 100, 0, 100]])), "sales.xlsx")
    assert report.decision == "accept" and amounts(found) == [("Acme", "2025-01", 100.0)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TITLES + "Customer,Total\nAcme,100\nTOTAL,100\n", "columns by months"),
        ("Profit and Loss\nBlue Lake\n\n,Jan 2025,Feb 2025,Total\nIncome,,,\nServices,5,5,10\n", "profit and loss"),
    ],
)
def test_report_without_clients_or_months_is_refused_by_its_name(text, words):
    report, _ = loaded(text)
    assert report.decision == "refuse" and words in report.message


@pytest.mark.parametrize(
    "caption",
    ["Jan 2025", "Jan 25", "2025-01", "January 2025", "Jan-25", "01/2025", "Jan. 2025", "Jan '25", "Jan 15 - 31, 2025",
     "2025-01-01", "2025-01-31", "2025-01-15", "20250101", "2025-01-31 00:00:00"],
)  # fmt: skip
def test_captions_that_name_a_month(caption):
    assert month_of(caption) == date(2025, 1, 1)


@pytest.mark.parametrize(
    "caption", ["Total", "2025", "13/2025", "2025-02-30", "20251301", "Q1 2025", "Foo 2025", "Jan", ""]
)
def test_captions_that_name_none(caption):
    assert month_of(caption) is None


def test_days_are_no_months():
    assert not months_in(["Jan 25", "Jan 26", "Jan 27"])
    assert list(months_in(["", "Jan 25", "Feb 25", "Total"])) == [1, 2]


@given(
    form=st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%Y-%m-%d 00:00:00", "%Y/%m/%d"]),
    day=st.integers(1, 28),
    ends=st.booleans(),
    start=st.dates(date(2001, 1, 1), date(2060, 1, 1)),
    count=st.integers(2, 15),
)
@scaled(60)
def test_days_that_stand_for_months_are_those_months_and_two_of_one_month_are_none(
    form: str, day: int, ends: bool, start: date, count: int
) -> None:
    firsts = [
        date(start.year + (start.month - 1 + at) // 12, (start.month - 1 + at) % 12 + 1, 1) for at in range(count)
    ]
    last = [calendar.monthrange(month.year, month.month)[1] if ends else day for month in firsts]
    captions = [format(month.replace(day=at), form) for month, at in zip(firsts, last, strict=True)]
    assert list(months_in(["Client", *captions, "Total"]).values()) == firsts
    other = format(firsts[-1].replace(day=2 if last[-1] != 2 else 3), form)
    assert not months_in([*captions, other])
    assert not months_in([*captions[:-1], other])
