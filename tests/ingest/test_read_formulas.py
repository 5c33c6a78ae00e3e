"""Formulas in workbooks: stored results are used, missing ones worked out or refused, and no link is followed."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from tests.ingest.written import INVOICES, book, cells, flagged, numbers, only, rewritten, saved
from vitals.errors import VitalsError
from vitals.ingest.files.reader import read

CAPTIONS = INVOICES[0]
SHEET = "xl/worksheets/sheet1.xml"


def amounts(*formulas: object) -> list[str | None]:
    """The amounts of a sheet whose amounts are these formulas."""
    rows = [[index, "Acme", date(2025, 3, 1), formula] for index, formula in enumerate(formulas, 1)]
    return [row[3] for row in cells(only(book(("Data", [CAPTIONS, *rows]))))]


def test_error_cells_stay_as_they_are():
    assert amounts("#N/A", "#REF!", "#DIV/0!") == ["#N/A", "#REF!", "#DIV/0!"]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=4500.00", "4500"),
        ("=1+2*3-4/8", "6.5"),
        ("=-(2+3)*+2", "-10"),
        ("=ROUND(2.345,2)", "2.35"),
        ("=ROUND(1234.5, -2)", "1200"),
        ("=SUM(A2:A4)", "6"),
        ("=SUM(A2,$A$3:A4, 10)", "16"),
        ("=((A2)+(A3))", "3"),
        ("=1/0", "#DIV/0!"),
        ("=A2/3", "0.333333333333333"),
        ("=D3*2", "14"),
    ],
)
def test_formulas_without_a_result_are_worked_out(formula, value):
    table = only(book(("Data", [CAPTIONS, [1, "A", date(2025, 3, 1), formula], [2, "B", date(2025, 3, 2), "=7"], [3]])))
    assert cells(table)[0][3] == value
    assert flagged(table) == [(2, "value_from_formula"), (3, "value_from_formula")]


@pytest.mark.parametrize(
    "formula",
    [
        "=VLOOKUP(A2,A2:B9,2)",
        "=[rates.xlsx]Sheet1!A1",
        "=Other!A1",
        "=D2",
        "=A2+B2",
        "=IF(1,2,3)",
        "=SUM(",
        "=1+",
        "=2^3",
    ],
)
def test_other_formulas_without_a_result_refuse_the_file(formula):
    with pytest.raises(VitalsError, match="save it"):
        amounts(formula)


def test_stored_results_are_used_and_links_never_followed():
    data = book(("Data", [CAPTIONS, [1, "Acme", date(2025, 3, 1), "='[rates.xlsx]Sheet1'!A1"]]))
    table = only(rewritten(data, SHEET, b"</f><v />", b"</f><v>12.50</v>"))
    assert cells(table)[0][3] == "12.5"
    assert flagged(table) == [(2, "value_from_formula")]


@pytest.mark.parametrize("error", ["", "#N/A"])
def test_stored_results_are_those_of_the_same_cell(error):
    rows = [[None, *row] for row in (CAPTIONS, [1, "Acme", date(2025, 3, 1), "=9+9"], [2, error, date(2025, 3, 2), 5])]
    data = rewritten(book(("Data", [[], [None, "Northwind"], [], *rows])), SHEET, b"</f><v />", b"</f><v>12.50</v>")
    table = only(data)
    assert [row[1:] for row in cells(table)] == [["1", "Acme", "2025-03-01", "12.5"], ["2", error, "2025-03-02", "5"]]
    assert flagged(table) == [(5, "value_from_formula")]


def test_rows_beyond_the_size_that_a_sheet_states_are_read():
    data = book(("Data", [CAPTIONS, [1, "Acme", date(2025, 3, 1), "=4"], [2, "Birch", date(2025, 3, 2), 5]]))
    assert numbers(only(rewritten(data, SHEET, b'ref="A1:D3"', b'ref="A1"'))) == [2, 3]


def test_a_row_number_beyond_any_sheet_is_refused():
    data = book(("Data", [CAPTIONS, [1, "Acme", date(2025, 3, 1), "=4"]]))
    with pytest.raises(VitalsError, match="damaged or unsafe"):
        read(rewritten(data, SHEET, b'<row r="2"', b'<row r="99999999999"'), "book.xlsx")


def test_a_formula_with_the_format_of_a_date_gives_a_date():
    opened = load_workbook(
        io.BytesIO(book(("Data", [CAPTIONS, [1, "Acme", date(2025, 3, 1), 5], [2, "A", "=C2+1", 5]])))
    )
    opened["Data"]["C3"].number_format = "yyyy-mm-dd"
    assert cells(only(saved(opened)))[1][2] == "2025-03-02"


def test_rows_that_stand_twice_are_refused():
    data = book(("Data", [CAPTIONS, [1, "Acme", date(2025, 3, 1), 4], [2, "Birch", date(2025, 3, 2), 5]]))
    with pytest.raises(VitalsError, match="damaged or unsafe"):
        read(rewritten(data, SHEET, b'<row r="3"', b'<row r="2"'), "book.xlsx")


def test_a_stored_text_without_letters_is_a_result():
    data = book(("Data", [CAPTIONS, [1, "Acme", date(2025, 3, 1), '=IF(A2=1,"","x")']]))
    stored = rewritten(data, SHEET, b'<c r="D2"><f>', b'<c r="D2" t="str"><f>')
    table = only(stored)
    assert cells(table)[0][3] == ""
    assert flagged(table) == [(2, "value_from_formula")]


def test_formulas_that_share_one_are_worked_out_each_in_its_place():
    rows = [[number, "Acme", date(2025, 3, 1), f"=A{number + 1}*10"] for number in (1, 2)]
    data = book(("Data", [CAPTIONS, *rows]))
    first = rewritten(data, SHEET, b"<f>A2*10</f>", b'<f t="shared" ref="D2:D3" si="0">A2*10</f>')
    assert [row[3] for row in cells(only(rewritten(first, SHEET, b"<f>A3*10</f>", b'<f t="shared" si="0"/>')))] == [
        "10", "20"
    ]  # fmt: skip


def test_markup_of_another_kind_is_read_by_the_other_reader():
    data = book(("Data", [CAPTIONS, [1, "Acme", date(2025, 3, 1), "=4+1"]]))
    assert cells(only(rewritten(data, SHEET, b"<sheetData>", b"<!-- <f> --><sheetData>")))[0][3] == "5"


def test_running_totals_of_very_many_rows_are_not_worked_out(monkeypatch):
    monkeypatch.setattr("vitals.ingest.files.formulas.MOST_SUMMED", 100)
    rows = [[number, "Acme", date(2025, 3, 1), f"=SUM(A$2:A{number + 1})"] for number in range(1, 30)]
    with pytest.raises(VitalsError, match="too many rows"):
        read(book(("Data", [CAPTIONS, *rows])), "book.xlsx")
