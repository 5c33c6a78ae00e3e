"""Reports: titles above the header, totals and notes below it, groups, and several tables in one file."""

from __future__ import annotations

import pytest

from tests.ingest.written import FIRST, HEADER, SECOND, cells, left_out, numbers, only
from vitals.errors import VitalsError
from vitals.ingest.files.reader import read, rows_read

GROUPED = """Sales by Customer Detail
Northwind MSP
All Dates

,Date,Transaction Type,Num,Product/Service,Amount,Balance
Acme,,,,,,
,03/02/2026,Invoice,2001,Managed,"2,000.00","2,000.00"
Branch,,,,,,
,03/03/2026,Invoice,2002,Managed,400.00,"2,400.00"
Total for Branch,,,,,"$400.00",
,03/04/2026,Invoice,2003,Managed,100.00,"2,500.00"
Total for Acme with sub-customers,,,,,"$2,500.00",
Birch,,,,,,
,03/05/2026,Invoice,2004,Managed,500.00,500.00
Total for Birch,,,,,$500.00,
TOTAL,,,,,"$3,000.00",

"Accrual basis Monday, March 4, 2024 10:00 AM GMT-05:00",,,
"""


@pytest.mark.parametrize(
    ("title", "company", "caption"),
    [
        ("Sales by Customer Detail", "Northwind MSP", "Customer"),
        # a provider's own name says nothing of what its report is grouped by
        ("Sales by Customer Detail", "Lakeside IT Services LLC", "Customer"),
        ("Transaction Detail by Account", "Lakeside IT Services LLC", "Group"),
        ("General Ledger", "Client First IT", "Group"),
        ("Sales by Product/Service Detail", "Northwind MSP", "Group"),
    ],
)
def test_groups_are_called_what_the_reports_title_says(title, company, caption):
    report = GROUPED.replace("Sales by Customer Detail", title).replace("Northwind MSP", company)
    assert only(report).header[-1] == caption


def test_titles_totals_blanks_and_stamps():
    table = only(
        'Northwind MSP LLC\nSales\n"January - March, 2025"\n\n' + HEADER + FIRST + "Total for Q1,,,1234.56\n" + SECOND
        + ",,,\nTOTAL,,,1323.66\n\nSaturday, Apr 05, 2025 09:12:44 AM GMT-5 - Accrual Basis\n\n\n"
    )  # fmt: skip
    assert (table.header_row, table.preamble_lines) == (5, 4)
    assert numbers(table) == [6, 8]
    assert left_out(table) == {
        7: "subtotal_or_total", 9: "blank", 10: "subtotal_or_total", 11: "blank", 12: "footer"
    }  # fmt: skip
    assert table.totals == ((10, ("TOTAL", "", "", "1323.66")),)
    assert rows_read(table) == 7


@pytest.mark.parametrize("word", ["TOTAL", "Total:", "Grand Total", "Totals", "Gesamt", "Report total"])
def test_words_for_a_total(word):
    assert left_out(only(HEADER + FIRST + f"{word},,,1234.56\n")) == {3: "subtotal_or_total"}


@pytest.mark.parametrize("client", ["Total Wine", "Totally IT", "Sum Partners", "Summer Camp", "Gesamtschule"])
def test_clients_named_like_a_total_are_clients(client):
    table = only(f"Client,Invoice Date,Amount,Invoice #\n{client},2025-03-01,5,1\n{client},2025-03-02,6,\n")
    assert [row[0] for row in cells(table)] == [client, client]


def test_a_client_of_whom_only_the_name_is_known_is_a_row():
    table = only("Client,Service Tier,Start Date\nAcme,Gold,2025-01-01\nBirch,,\nCedar,,\n")
    assert [row[0] for row in cells(table)] == ["Acme", "Birch", "Cedar"]


def test_a_header_that_returns_is_no_row():
    assert left_out(only(HEADER + FIRST + HEADER + SECOND)) == {3: "repeated_header"}


@pytest.mark.parametrize("header", [HEADER.upper(), HEADER.lower()])
def test_a_header_that_returns_in_another_case_is_no_row(header):
    table = only(HEADER + FIRST + header + SECOND)
    assert left_out(table) == {3: "repeated_header"} and numbers(table) == [2, 4]


@pytest.mark.parametrize(
    "word", ["*** TOTAL ***", "T O T A L", "== Grand Total ==", "-- Total --", "G R A N D T O T A L"]
)
def test_a_total_that_is_set_off_is_no_row(word):
    table = only(HEADER + FIRST + SECOND + f"{word},,,1323.66\n")
    assert left_out(table) == {4: "subtotal_or_total"}
    assert [number for number, _ in table.totals] == [4]


@pytest.mark.parametrize("client", ["- Totally Wired -", "*Total Wine*", "A B C"])
def test_a_client_whose_name_is_set_off_is_a_client(client):
    assert numbers(only(f"Client,Invoice Date,Amount,Item\n{client},2025-03-01,5,Seats\n")) == [2]


def test_a_header_that_returns_behind_a_byte_order_mark_is_no_row():
    assert left_out(only(HEADER + FIRST + "\ufeff" + HEADER + SECOND)) == {3: "repeated_header"}


def test_titles_that_return_on_each_page_are_no_rows():
    page = "Northwind MSP,,,\nInvoices,,,\n" + HEADER
    table = only(page + FIRST + "Page 1 of 2,,,\n" + page + SECOND)
    assert numbers(table) == [4, 9]
    assert left_out(table) == {5: "footer", 6: "repeated_header", 7: "repeated_header", 8: "repeated_header"}


def test_names_of_groups_of_columns_are_no_header():
    table = only("Invoice,Invoice,Invoice,Money\n" + HEADER + FIRST)
    assert table.header_row == 2


@pytest.mark.parametrize("note", ["Updated 9/1 by Dave", "Page 1 of 3", "Report generated 2025-04-01", "End of report"])
def test_notes_below_the_table(note):
    assert left_out(only(HEADER + FIRST + SECOND + note + "\n")) == {4: "footer"}


def test_groups_are_filled_down():
    table = only(GROUPED)
    assert table.header == ("", "Date", "Transaction Type", "Num", "Product/Service", "Amount", "Balance", "Customer")
    assert [(row[3], row[7]) for row in cells(table)] == [
        ("2001", "Acme"), ("2002", "Acme:Branch"), ("2003", "Acme"), ("2004", "Birch")
    ]  # fmt: skip
    assert [row for row, reason in left_out(table).items() if reason == "subtotal_or_total"] == [
        6,
        8,
        10,
        12,
        13,
        15,
        16,
    ]
    assert table.totals == ((16, ("TOTAL", "", "", "", "", "$3,000.00", "", "")),)
    assert rows_read(table) == 13


def test_groups_without_totals_follow_each_other():
    lines = [line for line in GROUPED.splitlines() if not line.startswith("Total for")]
    assert [row[7] for row in cells(only("\n".join(lines) + "\n"))] == ["Acme", "Branch", "Branch", "Birch"]


def test_sections_are_tables():
    tables = read(
        (
            b"TICKETS\nTicket #,Client,Status,Created\n1,Acme,Open,2025-03-01\n\nTIME ENTRIES\n"
            b"Date,Member,Hours\n2025-03-01,Ann,1.5\n2025-03-02,Bob,2\n"
        ),
        "both.csv",
    )  # fmt: skip
    assert [(table.name, table.header_row, rows_read(table)) for table in tables] == [
        ("TICKETS", 2, 1), ("TIME ENTRIES", 6, 2)
    ]  # fmt: skip
    assert cells(tables[1]) == [["2025-03-01", "Ann", "1.5"], ["2025-03-02", "Bob", "2"]]


def test_unknown_captions_are_a_header_if_the_rows_below_differ_in_kind():
    assert only("Fecha del trabajo,Empleado\n2025-03-01,Ann\n2025-03-02,Bob\n").header[1] == "Empleado"


@pytest.mark.parametrize(
    "text",
    [
        FIRST + SECOND,
        "INV-1,Acme,Managed services\nINV-2,Birch,Managed services\n",
        "Acme,Gold\nBirch,Silver\n",
    ],
)
def test_rows_without_a_header_are_refused(text):
    with pytest.raises(VitalsError, match="header"):
        read(text.encode(), "export.csv")


def test_a_header_without_rows_is_refused():
    with pytest.raises(VitalsError, match="no rows"):
        read(HEADER.encode(), "export.csv")


def test_the_header_in_another_case_opens_no_table_below_a_blank_line():
    assert left_out(only(HEADER + "\n" + HEADER.upper() + HEADER + FIRST)) == {
        2: "blank", 3: "repeated_header", 4: "repeated_header"
    }  # fmt: skip


@pytest.mark.parametrize("captions", ["Client,User,Mon 4 May,Tue 5 May", "Client,User,Top 10,Top 50"])
def test_captions_that_bear_numbers_are_no_values(captions):
    table = only(captions + "\nAcme,Ana Roth,01:30:00,00:15:00\nBirch,Bo Lind,00:30:00,01:00:00\n")
    assert (table.header_row, table.header) == (1, tuple(captions.split(",")))


@pytest.mark.parametrize("value", ["March 14, 2025", "12,5 %", "USD 5", "1e5"])
def test_a_row_of_values_is_no_header(value):
    with pytest.raises(VitalsError, match="no header row"):
        only(f"{value};x\n" * 3)


@pytest.mark.parametrize("marks", ["\ufeff", "\ufeff ", " \ufeff", "\u2009"])
def test_a_header_repeated_behind_marks_that_cannot_be_seen(marks):
    assert left_out(only(HEADER + FIRST + marks + HEADER + SECOND)) == {3: "repeated_header"}
