"""Rows as text or a file to take away: aligned, JSON, CSV and XLSX; no cell can act as a formula."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

import xlsxwriter

FORMATS = ("table", "csv", "json")
FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
SHEET_ROWS, CELL_LETTERS = 1_000_000, 32_767
"""What a sheet and a cell of it can hold at the most."""
SHAPES = {
    "money": "#,##0", "money_exact": "#,##0.00", "rate": "#,##0.00", "percent": "0.0%", "percent_whole": "0%",
    "from_share": "0.0%", "hours": "#,##0.0", "number": "#,##0.00", "tenths": "#,##0.0", "count": "#,##0",
    "days": "#,##0", "month": "mmm yyyy", "day": "d mmm yyyy",
}  # fmt: skip
"""How a spreadsheet shows a number of a form; the number itself keeps all its digits."""
MOMENTS = {"date": "yyyy-mm-dd", "time": "yyyy-mm-dd hh:mm:ss"}
"""How it shows days and times of a column whose form says nothing of them."""
FIRST_YEAR = 1900
"""Days before it have no number in a spreadsheet: they are text there."""
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What no cell of a workbook can hold."""
OPTIONS = {"in_memory": True, "remove_timezone": True}
"""Of workbooks: nothing is laid down on a disk, and a moment is written as it stands."""
Row = Mapping[str, Any]


def plain(value: Any) -> Any:
    """A value as JSON has it: exact decimals as numbers, dates as ISO text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else value


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(plain(value)) if not isinstance(value, bool) else str(value).lower()


def guarded(value: Any) -> str:
    """A cell for a spreadsheet: text that would start a formula gets an apostrophe, numbers stay numbers."""
    text = _text(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_STARTS) else text


def as_csv(rows: Sequence[Row]) -> str:
    """Rows as CSV with a header; no text in it can act as a spreadsheet formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0].keys() if rows else ())
    writer.writerows([guarded(value) for value in row.values()] for row in rows)
    return out.getvalue()


def as_json(rows: Sequence[Row]) -> str:
    """Rows as a JSON list of objects."""
    return json.dumps([{key: plain(value) for key, value in row.items()} for row in rows], ensure_ascii=False, indent=1)


def as_table(rows: Sequence[Row]) -> str:
    """Rows as aligned columns for a terminal; a missing value is a dash."""
    if not rows:
        return "no rows"
    cells = [list(rows[0].keys()), *([_shown(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(cells[0]))]
    right = [isinstance(value, int | float | Decimal) for value in rows[0].values()]
    return "\n".join("  ".join(_aligned(*item) for item in zip(line, widths, right, strict=True)) for line in cells)


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    text = f"{value:.4f}" if isinstance(value, float) else _text(value)
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _aligned(text: str, width: int, is_right: bool) -> str:
    return text.rjust(width) if is_right else text.ljust(width)


def write(rows: Sequence[Row], form: str) -> str:
    """Rows in one of FORMATS."""
    return {"table": as_table, "csv": as_csv, "json": as_json}[form](rows)


def csv_file(found: Sequence[Row]) -> bytes:
    """The rows as CSV with a byte order mark, by which spreadsheets know its encoding."""
    return as_csv(found).encode("utf-8-sig")


def write_cell(sheet: Any, place: tuple[int, int], value: Any, shown: Mapping[str, Any], form: str) -> None:
    """A number and a date as they are; everything else as text, whatever it begins with."""
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return
    if isinstance(value, bool):
        sheet.write_boolean(*place, value)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(*place, float(value), shown.get(form))
    elif isinstance(value, date) and value.year >= FIRST_YEAR:
        sheet.write_datetime(*place, value, shown.get(form) or shown["time" if isinstance(value, datetime) else "date"])
    else:
        sheet.write_string(*place, CONTROLS.sub("", str(value))[:CELL_LETTERS], shown["text"])


def looks(book: xlsxwriter.Workbook) -> dict[str, Any]:
    """How cells of each form look in a workbook."""
    shown = {form: book.add_format({"num_format": shape}) for form, shape in {**SHAPES, **MOMENTS}.items()}
    return {**shown, "text": book.add_format({"quote_prefix": True})}


def _parts(found: Sequence[Row], title: str) -> Iterator[tuple[str, Sequence[Row]]]:
    parts = [found[start : start + SHEET_ROWS] for start in range(0, max(1, len(found)), SHEET_ROWS)]
    for place, part in enumerate(parts, start=1):
        yield (title if len(parts) == 1 else f"{title} {place}"), part


def as_xlsx(found: Sequence[Row], forms: Mapping[str, str], title: str) -> bytes:
    """The rows as a workbook, made in memory alone; a second sheet begins where the first is full.

    forms: each caption with the form in which its column is written, empty for text.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        shown = looks(book)
        for name, part in _parts(found, title):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1 if found else 0)
            for line, row in enumerate([dict(zip(forms, forms, strict=True)), *part]):
                for column, (caption, form) in enumerate(forms.items()):
                    write_cell(sheet, (line, column), row[caption], shown, form)
    return out.getvalue()
