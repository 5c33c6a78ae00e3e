"""Workbooks: values as text, hidden and far-away cells, several sheets, and files that are no workbooks."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import load_workbook

from tests.ingest.written import (
    FIRST,
    HEADER,
    INVOICES,
    book,
    cells,
    flagged,
    left_out,
    numbers,
    only,
    rewritten,
    saved,
    zipped,
)
from vitals.errors import VitalsError
from vitals.ingest.files.archive import Member
from vitals.ingest.files.reader import read, rows_read
from vitals.ingest.recognise.questions import is_wanted

CAPTIONS = INVOICES[0]
SHEET = "xl/worksheets/sheet1.xml"


def row_of(*values: object) -> list[str | None]:
    """The second row of a sheet with these values, as read; the third is there for the header to differ from."""
    captions = CAPTIONS + [f"Column {letter}" for letter in "abcdefgh"]
    table = only(book(("Data", [captions, [1, "Acme", date(2025, 3, 1), 5, *values]])))
    return cells(table)[0][4 : 4 + len(values)]


def test_values_are_text():
    assert row_of(200000.0, 89.1, 0.1 + 0.2, 1e15, -3, True, "007") == [
        "200000", "89.1", "0.3", "1000000000000000", "-3", "TRUE", "007"
    ]  # fmt: skip


def test_moments_are_iso_text():
    assert row_of(date(2025, 3, 1), datetime(2025, 3, 1, 14, 5, 9), time(9, 30), timedelta(hours=26, minutes=15)) == [
        "2025-03-01", "2025-03-01 14:05:09", "09:30:00", "26:15:00"
    ]  # fmt: skip


def test_the_fast_reader_gives_the_same_text(monkeypatch):
    rows = [
        CAPTIONS,
        *[[n, f"Client {n}", date(2025, 3, 1 + n % 28), n / 8] for n in range(200)],
        [],
        ["TOTAL", "", "", 5],
    ]
    data = book(("Data", rows))
    fast = only(data)
    monkeypatch.setattr(Member, "needs_openpyxl", True)
    slow = only(data)
    assert fast == slow
    assert left_out(fast) == {202: "blank", 203: "subtotal_or_total"}


def test_hidden_rows_are_rows_and_flagged():
    opened = load_workbook(io.BytesIO(book(("Data", INVOICES))))
    opened["Data"].row_dimensions[3].hidden = True
    table = only(saved(opened))
    assert numbers(table) == [2, 3]
    assert flagged(table) == [(3, "hidden_row")]


def test_titles_merged_cells_and_blank_rows():
    table = only(
        book(("Data", [["Northwind"], [], *INVOICES, [], ["3", None, "2025-03-03", "5"], [], ["TOTAL", "", "", 9]]))
    )
    assert (table.header_row, table.preamble_lines) == (3, 2)
    assert cells(table)[2] == ["3", "", "2025-03-03", "5"]
    assert left_out(table) == {6: "blank", 8: "blank", 9: "subtotal_or_total"}
    assert rows_read(table) == 6


def test_a_stray_blank_far_below_costs_nothing():
    opened = load_workbook(io.BytesIO(book(("Data", INVOICES))))
    opened["Data"]["E1048576"] = " "
    assert rows_read(only(saved(opened))) == 2


def test_several_sheets_are_tables_that_can_be_chosen():
    data = book(("March", INVOICES), ("Notes", [["Made by Dave"]]), ("April", INVOICES))
    assert [table.name for table in read(data, "book.xlsx")] == ["March", "April"]
    assert _chosen(data, "april") == ["April"]
    assert len(_chosen(data, "all")) == 2


def _chosen(data: bytes, answer: str) -> list[str]:
    tables = read(data, "book.xlsx")
    return [table.name for place, table in enumerate(tables) if is_wanted(table, place, {"which_sheets": answer})]


def test_sheets_without_a_table_are_named_unless_they_are_empty():
    first, second = read(
        book(("March", INVOICES), ("Notes", [["Made by Dave"]]), ("Sheet3", []), ("April", INVOICES)), "b"
    )
    assert first.warnings == ("Sheets without a table were not read: Notes.",)
    assert second.warnings == ()


def test_hidden_sheets_are_named():
    opened = load_workbook(io.BytesIO(book(("Shown", INVOICES), ("Secret", INVOICES))))
    opened["Secret"].sheet_state = "hidden"
    table = only(saved(opened))
    assert table.name == "Shown"
    assert "Secret" in table.warnings[0]


def test_the_name_decides_nothing():
    assert cells(only(book(("Data", INVOICES)), "book.csv")) == INVOICES[1:]
    assert cells(only(HEADER + FIRST, "text.xlsx")) == INVOICES[1:2]


@pytest.mark.parametrize(
    "declaration",
    [b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', b"<!doctype x>", b'<!ENTITY a "b">'],
)
@pytest.mark.parametrize("member", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
def test_declarations_in_the_xml_are_refused(declaration, member):
    data = book(("Data", INVOICES))
    with pytest.raises(VitalsError, match="damaged or unsafe"):
        read(rewritten(data, member, b">", b">" + declaration), "book.xlsx")


def test_a_zip_bomb_is_refused():
    bomb = zipped(**{"xl/workbook.xml": "<workbook/>", "xl/media/image.bin": bytes(70 << 20)})
    with pytest.raises(VitalsError, match="damaged or unsafe"):
        read(bomb, "book.xlsx")


def test_a_zip_without_exports_is_no_workbook():
    with pytest.raises(VitalsError, match="not an Excel workbook"):
        read(zipped(readme__txt="hi"), "book.xlsx")


def test_a_zip_of_exports_is_read_member_by_member():
    tables = read(zipped(a__csv=HEADER + FIRST, b__csv=(HEADER + FIRST).replace(",", ";")), "both.zip")
    assert [table.name for table in tables] == ["a.csv", "b.csv"]
    assert all(cells(table) == INVOICES[1:2] for table in tables)


def test_an_archive_in_an_archive_is_not_opened():
    with pytest.raises(VitalsError, match="not a text file"):
        read(zipped(a__csv=zipped(b__csv=HEADER + FIRST)), "both.zip")


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + bytes(100), book(("Data", INVOICES))[:2000]])
def test_broken_zips_are_refused(content):
    with pytest.raises(VitalsError, match=r"damaged or unsafe"):
        read(content, "book.xlsx")


def test_a_protected_workbook_is_refused():
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    with pytest.raises(VitalsError, match="password"):
        read(container, "book.xlsx")


def test_an_old_container_that_is_no_workbook_is_refused():
    with pytest.raises(VitalsError, match="not an Excel workbook"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "book.xls")


def test_a_web_page_named_like_a_workbook():
    page = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in INVOICES)
    table = only(f"<html><style>td {{}}</style><body><h1>x</h1><table>{page}</table></body></html>", "old.xls")
    assert cells(table) == INVOICES[1:]


def test_a_web_page_may_begin_with_a_comment():
    page = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in INVOICES)
    assert cells(only(f"<!-- made by a report -->\n<table>{page}</table>", "old.xls")) == INVOICES[1:]


def test_cells_of_a_web_page_that_reach_down_shift_nothing():
    page = "<tr><td>Client<td>Date<td>Amount<tr><td rowspan=2>Acme<td>2025-03-01<td>5<tr><td>2025-03-02<td>6"
    assert cells(only(f"<table>{page}</table>", "old.xls")) == [
        ["Acme", "2025-03-01", "5"],
        ["Acme", "2025-03-02", "6"],
    ]


def test_files_in_an_archive_that_are_not_read_are_named():
    table = only(zipped(a__csv=HEADER + FIRST, b__pdf=b"x"), "export.zip")
    assert table.warnings == ("Files of other kinds in the archive were not read: b.pdf.",)


def test_workbooks_in_an_archive_are_read_like_texts():
    tables = read(zipped(a__csv=HEADER + FIRST, b__xlsx=book(("Data", INVOICES))), "both.zip")
    assert [table.name for table in tables] == ["a.csv", "b.xlsx Data"]
    assert cells(tables[1]) == INVOICES[1:]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"", "b.xlsx is empty"),
        (book(("Data", INVOICES))[:2000], "damaged or unsafe"),
        (zipped(c__csv=HEADER + FIRST), "b.xlsx is not a text file or a workbook"),
        (book(("Data", [["only a note"]])), "no sheet with a header row"),
    ],
)
def test_a_file_in_an_archive_that_cant_be_read_is_named_and_the_others_are_read(bad, says):
    table = only(zipped(a__csv=HEADER + FIRST, b__xlsx=bad), "both.zip")
    assert cells(table) == INVOICES[1:2]
    [warning] = table.warnings
    assert warning.startswith("A file in the archive was left out: b.xlsx") and says in warning
    with pytest.raises(VitalsError, match=says):
        read(zipped(b__xlsx=bad), "both.zip")
