"""The rows that reach no number as a file to take away: CSV and XLSX, in which no cell can act as a formula."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from vitals import results, warehouse

QUERY = "metrics.left_out_first"
ALL_ROWS = 2**62
SHEET_ROWS, CELL_LETTERS = 1_000_000, 32_767
"""What a sheet and a cell of it can hold at the most."""

CAPTIONS = {
    "file_name": "File", "entity": "Kind of row", "row_number": "Row", "fate": "What happened", "words": "Why",
    "column_name": "Column", "value": "Cell", "raw_text": "Row as found", "stands_for": "Counts in its place",
}  # fmt: skip
Row = dict[str, Any]


def rows(con: warehouse.Connection, load_id: int | None = None) -> list[Row]:
    """The rows of one load, or of all, that reach no number, under the captions of the file."""
    found = warehouse.rows(con, QUERY, kinds=None, load_id=load_id, at_most=ALL_ROWS)
    return [{caption: row[name] for name, caption in CAPTIONS.items()} for row in found]


def as_csv(found: Sequence[Row]) -> bytes:
    """The rows as CSV with a byte order mark, by which spreadsheets know its encoding."""
    return results.as_csv(found).encode("utf-8-sig")


def _cell(sheet: Any, value: Any) -> Any:
    """A number as a number; text as text, whatever it begins with."""
    if value is None or isinstance(value, int):
        return value
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value))[:CELL_LETTERS])
    cell.data_type, cell.quotePrefix = "s", True
    return cell


def _sheets(found: Sequence[Row]) -> Iterator[tuple[str, Sequence[Row]]]:
    parts = [found[start : start + SHEET_ROWS] for start in range(0, max(1, len(found)), SHEET_ROWS)]
    for place, part in enumerate(parts, start=1):
        yield ("Left out" if len(parts) == 1 else f"Left out {place}"), part


def as_xlsx(found: Sequence[Row]) -> bytes:
    """The rows as a workbook; a second sheet begins where the first is full."""
    book = Workbook(write_only=True)
    for title, part in _sheets(found):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        sheet.append(list(CAPTIONS.values()))
        for row in part:
            sheet.append([_cell(sheet, value) for value in row.values()])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
