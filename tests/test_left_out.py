"""The file of rows that reach no number: every row, both formats, and nothing in it that acts."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

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


WRITES = ("w", "a", "x", "+")
TAKEN: dict[str, Any] = {
    "Client": "=1+1", "Note": "@SUM(A1)", "Sign": "+49", "Dash": "-5", "Link": "http://host/p", "Digits": "007",
    "Amount": Decimal("-1234.50"), "Share": 0.25, "Month": date(2026, 2, 1), "At": datetime(2026, 2, 3, 9, 15),
    "Due": True, "Old": date(1850, 3, 1), "Missing": None, "Endless": float("inf"),
}  # fmt: skip
FORMS = {"Amount": "money_exact", "Share": "percent", "Month": "month"}


@contextmanager
def written() -> Iterator[list[str]]:
    """The names under which something is opened to be written, or made, as long as the block lasts."""
    found: list[str] = []
    watching = True

    def hear(event: str, said: tuple[Any, ...]) -> None:
        if watching and event == "open" and isinstance(said[1], str) and any(sign in said[1] for sign in WRITES):
            found.append(str(said[0]))
        elif watching and event.startswith(("tempfile.", "os.mkdir", "os.rename")):
            found.append(event)

    sys.addaudithook(hear)
    try:
        yield found
    finally:
        watching = False


@pytest.mark.parametrize("lines", [1, 5_000])
def test_workbook_is_made_without_a_file_on_a_disk(lines):
    with written() as found:
        tables.as_xlsx([TAKEN] * lines, {caption: FORMS.get(caption, "") for caption in TAKEN}, "Table")
    assert found == []


def test_workbook_keeps_each_kind_of_value():
    made = tables.as_xlsx([TAKEN], {caption: FORMS.get(caption, "") for caption in TAKEN}, "Table")
    header, cells = load_workbook(io.BytesIO(made)).active.iter_rows()
    assert [cell.value for cell in header] == list(TAKEN)
    kept = dict(zip(TAKEN, cells, strict=True))
    assert [kept[name].data_type for name in ("Client", "Note", "Sign", "Dash", "Link", "Digits")] == ["s"] * 6
    assert [kept[name].value for name in ("Client", "Sign", "Link", "Digits")] == [
        "=1+1",
        "+49",
        "http://host/p",
        "007",
    ]
    assert kept["Link"].hyperlink is None and kept["Client"].quotePrefix
    assert (kept["Amount"].value, kept["Amount"].number_format) == (-1234.5, "#,##0.00")
    assert (kept["Share"].value, kept["Share"].number_format) == (0.25, "0.0%")
    assert (kept["Month"].value, kept["Month"].number_format) == (datetime(2026, 2, 1), "mmm yyyy")
    assert (kept["At"].value, kept["Due"].value, kept["Old"].value) == (datetime(2026, 2, 3, 9, 15), True, "1850-03-01")
    assert (kept["Missing"].value, kept["Endless"].value) == (None, None)
