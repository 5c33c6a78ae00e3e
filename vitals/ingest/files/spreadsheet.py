"""Sheets of XLS, XLSB and ODS files, and of large plain XLSX files, read by the fast reader."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import python_calamine
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from vitals.errors import VitalsError
from vitals.ingest.files.allowance import allowance
from vitals.ingest.files.damage import refused_if_damaged
from vitals.ingest.files.plain import LONGEST_GAP, PlainSheet
from vitals.ingest.model import TextTable
from vitals.ingest.table.layout import tables_in
from vitals.ingest.table.rows import Row

MOST_CELLS = 50_000_000
NOT_A_WORKBOOK = "{} is not an Excel workbook, whatever its name says."
NO_TABLE = "{} has no sheet with a header row that can be recognised."
HEADER_HINT = "Give the columns of the table a first row with their names, and save it again."
NO_ERRORS_KNOWN = "Cells that show an error, such as #REF!, look empty in a file of this kind; save it as XLSX to see."
SAVE_AS_XLSX = "Open it in a spreadsheet program, save it as XLSX or CSV, and load that file."
PASSWORD_HINT = "Save it without a password and load it again."
ENCRYPTED = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))


def is_encrypted(data: bytes | Path) -> bool:
    """Whether an old container holds a workbook that was protected by a password."""
    content = data if isinstance(data, bytes) else data.read_bytes()
    return any(mark in content for mark in ENCRYPTED)


def password_refusal(name: str) -> VitalsError:
    """The refusal of a protected workbook."""
    return VitalsError(f"{name} is protected by a password.", PASSWORD_HINT)


def opened_by_calamine(data: bytes | Path, name: str) -> CalamineWorkbook:
    """The workbook; VitalsError if it is none, or protected."""
    content = data if isinstance(data, bytes) else data.read_bytes()
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except python_calamine.PasswordError as error:
        raise password_refusal(name) from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise VitalsError(NOT_A_WORKBOOK.format(name), SAVE_AS_XLSX) from error


def tables_by_calamine(data: bytes | Path, name: str) -> list[TextTable]:
    """The tables of every shown sheet of a workbook."""
    with refused_if_damaged(name), allowance():
        workbook = opened_by_calamine(data, name)
        shown = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        tables, without = list[TextTable](), list[str]()
        for sheet in shown:
            rows = calamine_rows(workbook, sheet)
            found = tables_in(rows, sheet)
            tables += found
            without += [sheet] if rows and not found else []
    if not tables:
        raise VitalsError(NO_TABLE.format(name), HEADER_HINT)
    tables = [replace(table, warnings=(*table.warnings, NO_ERRORS_KNOWN)) for table in with_unread(tables, without)]
    return [table for table in tables if table.rows.num_rows or table.quarantined] or tables


def with_unread(tables: list[TextTable], sheets: list[str]) -> list[TextTable]:
    """The tables, the first with a word on the sheets that hold cells and no table."""
    if not sheets or not tables:
        return tables
    said = f"Sheets without a table were not read: {', '.join(sheets)}."
    return [replace(tables[0], warnings=(*tables[0].warnings, said)), *tables[1:]]


def calamine_rows(workbook: CalamineWorkbook, sheet: str, hidden: Collection[int] = ()) -> PlainSheet:
    """The rows of one sheet; this reader knows neither formulas nor errors nor which rows are hidden."""
    return PlainSheet(calamine_values(workbook, sheet), hidden)


def calamine_values(workbook: CalamineWorkbook, sheet: str) -> Iterator[list[Any]]:
    """The values of one sheet; the reader leaves out blank columns at the left, though not blank rows at the top."""
    found = workbook.get_sheet_by_name(sheet)
    if (found.total_height + 1) * (found.total_width + 1) > MOST_CELLS:
        raise ValueError(sheet)
    blank = [""] * (found.start[1] if found.start else 0)
    return (blank + values for values in found.iter_rows())


def with_gaps(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows that hold something, with blank ones between; a very wide gap holds no rows worth an account."""
    expected = 0
    for row in rows:
        if not row.filled:
            continue
        if expected and row.number - expected <= LONGEST_GAP:
            yield from (Row(number, []) for number in range(expected, row.number))
        yield row
        expected = row.number + 1
