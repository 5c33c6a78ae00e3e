"""A table as a file to take away: CSV and XLSX, in which no cell can act as a formula."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from vitals import results

SHEET_ROWS, CELL_LETTERS = 1_000_000, 32_767
"""What a sheet and a cell of it can hold at the most."""
SHAPES = {
    "money": "#,##0", "money_exact": "#,##0.00", "rate": "#,##0.00", "percent": "0.0%", "percent_whole": "0%",
    "from_share": "0.0%", "hours": "#,##0.0", "number": "#,##0.00", "count": "#,##0", "days": "#,##0",
    "month": "mmm yyyy", "day": "d mmm yyyy",
}  # fmt: skip
"""How a spreadsheet shows a number of a form; the number itself keeps all its digits."""
Row = Mapping[str, Any]


def as_csv(found: Sequence[Row]) -> bytes:
    """The rows as CSV with a byte order mark, by which spreadsheets know its encoding."""
    return results.as_csv(found).encode("utf-8-sig")


def _cell(sheet: Any, value: Any, shape: str) -> Any:
    """A number and a date as they are; everything else as text, whatever it begins with."""
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return None
    if isinstance(value, int | float | Decimal | date | datetime):
        cell = WriteOnlyCell(sheet)
        cell.value = value
        cell.number_format = shape or cell.number_format
        return cell
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value))[:CELL_LETTERS])
    cell.data_type, cell.quotePrefix = "s", True
    return cell


def _parts(found: Sequence[Row], title: str) -> Iterator[tuple[str, Sequence[Row]]]:
    parts = [found[start : start + SHEET_ROWS] for start in range(0, max(1, len(found)), SHEET_ROWS)]
    for place, part in enumerate(parts, start=1):
        yield (title if len(parts) == 1 else f"{title} {place}"), part


def as_xlsx(found: Sequence[Row], forms: Mapping[str, str], title: str) -> bytes:
    """The rows as a workbook; a second sheet begins where the first is full.

    forms: each caption with the form in which its column is written, empty for text.
    """
    book = Workbook(write_only=True)
    for name, part in _parts(found, title):
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "B2" if found else "A2"
        sheet.append([_cell(sheet, caption, "") for caption in forms])
        for row in part:
            sheet.append([_cell(sheet, row[caption], SHAPES.get(form, "")) for caption, form in forms.items()])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
