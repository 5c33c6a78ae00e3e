"""The file of rows that reach no number: every row, both formats, and nothing in it that acts."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook

from vitals import warehouse, workspace
from vitals.exports import left_out, tables

EVIL = '=HYPERLINK("http://host")'
FILE = (
    b"client,invoiced_on,amount,item\nBirch,2025-10-03,120.00,Seats\n"
    b'"=HYPERLINK(""http://host"")",2025-10-28,eighty,Seats\n+1,31/02/2025,-5,\x07bell\nTotal,,115.00,\n'
)
pytestmark = pytest.mark.usefixtures("lazily")


@pytest.fixture(scope="module")
def found():
    con = warehouse.connect()
    workspace.load_files(con, [workspace.Upload("=odd.csv", FILE)], workspace.LoadOptions())
    return left_out.rows(con)


def test_every_left_out_row_is_there_with_its_reason_and_text(found):
    assert [(row["Row"], row["What happened"]) for row in found] == [
        (3, "quarantined"), (4, "quarantined"), (5, "set_aside"),
    ]  # fmt: skip
    assert found[0]["Why"] == "The amount is not a number"
    assert (found[0]["Column"], found[0]["Cell"]) == ("amount", "eighty")
    assert "HYPERLINK" in found[0]["Row as found"]


def test_csv_has_no_live_formula(found):
    read = list(csv.reader(io.StringIO(tables.csv_file(found).decode("utf-8-sig"))))
    assert read[0] == list(left_out.CAPTIONS.values())
    cells = [cell for line in read[1:] for cell in line]
    assert "'=odd.csv" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))]


def test_workbook_holds_text_as_text_and_numbers_as_numbers(found):
    sheet = load_workbook(io.BytesIO(left_out.as_xlsx(found))).active
    cells = [cell for line in sheet.iter_rows(min_row=2) for cell in line if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert sheet["A2"].value == "=odd.csv" and sheet["A2"].data_type == "s"
    assert sheet["C2"].value == 3 and sheet["C2"].data_type == "n"
    assert sheet.max_row == 4


def test_full_sheet_is_followed_by_another(found, monkeypatch):
    monkeypatch.setattr(tables, "SHEET_ROWS", 2)
    assert load_workbook(io.BytesIO(left_out.as_xlsx(found))).sheetnames == ["Left out 1", "Left out 2"]


def test_nothing_left_out_is_a_sheet_of_captions():
    sheet = load_workbook(io.BytesIO(left_out.as_xlsx([]))).active
    assert [cell.value for cell in sheet[1]] == list(left_out.CAPTIONS.values())
