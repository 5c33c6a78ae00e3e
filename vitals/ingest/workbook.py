"""Workbooks become tables, sheet by sheet; formulas are taken by their stored result or worked out, never followed."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
import zipfile
import zlib
from dataclasses import replace
from decimal import InvalidOperation
from pathlib import Path

from vitals.errors import VitalsError
from vitals.ingest.archive import Archive, unsafe
from vitals.ingest.book import SheetPlace, book_of, places
from vitals.ingest.calculation import Calculation
from vitals.ingest.formulas import UnsupportedError
from vitals.ingest.grid import tables_in
from vitals.ingest.model import TextTable
from vitals.ingest.rows import Row
from vitals.ingest.sheet import Book, SheetRow, sheet_rows
from vitals.ingest.spreadsheet import calamine_rows, opened_by_calamine, with_gaps

LARGE_SHEET = 4 << 20
NO_TABLE = "{} has no sheet with a header row that can be recognised."
HEADER_HINT = "Give the columns of the table a first row with their names, and save it again."
SAVE_RESULTS = "Open it in a spreadsheet program and save it, so that the results are stored, and load it again."
DAMAGE = (
    ElementTree.ParseError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError,
    ValueError, LookupError, OverflowError, InvalidOperation,
)  # fmt: skip


def tables_of_xlsx(archive: Archive, data: bytes | Path) -> list[TextTable]:
    """The tables of an XLSX file's visible sheets; of hidden ones if no other has a table."""
    sheets = places(archive)
    book = book_of(archive)
    found = {place: tables_in(_rows(archive, data, place, book), place.name) for place in sheets}
    return _visible(found, archive.name)


def _visible(found: dict[SheetPlace, list[TextTable]], name: str) -> list[TextTable]:
    with_tables = {place: tables for place, tables in found.items() if any(map(_has_rows, tables))}
    with_tables = with_tables or {place: tables for place, tables in found.items() if tables}
    if not with_tables:
        raise VitalsError(NO_TABLE.format(name), HEADER_HINT)
    shown = [table for place, tables in with_tables.items() if place.is_visible for table in tables]
    hidden = [place.name for place in with_tables if not place.is_visible]
    if not shown or not hidden:
        return shown or [table for tables in with_tables.values() for table in tables]
    warning = f"Hidden sheets were not read: {', '.join(hidden)}."
    return [replace(shown[0], warnings=(*shown[0].warnings, warning)), *shown[1:]]


def _has_rows(table: TextTable) -> bool:
    return bool(table.rows.num_rows or table.quarantined)


def _rows(archive: Archive, data: bytes | Path, place: SheetPlace, book: Book) -> list[Row]:
    part = archive.parts[place.member]
    if part.size > LARGE_SHEET and not part.needs_slow_way and not part.is_sparse:
        return calamine_rows(opened_by_calamine(data, archive.name), place.name)
    with archive.file.open(place.member) as file:
        rows = list(sheet_rows(file, book))
    try:
        worked_out = Calculation(rows, book).fill()
    except UnsupportedError as error:
        raise VitalsError(f"{archive.name} has formulas without stored results ({error}).", SAVE_RESULTS) from error
    return list(with_gaps(_row(row, worked_out) for row in rows))


def _row(row: SheetRow, worked_out: set[int]) -> Row:
    width = max((column for column, cell in row.cells.items() if cell.text), default=0)
    cells = [row.cells[column].text if column in row.cells else "" for column in range(1, width + 1)]
    flags = [("hidden_row", "")] if row.is_hidden else []
    if any(cell.formula is not None for cell in row.cells.values()):
        flags.append(("value_from_formula", "worked out" if row.number in worked_out else "stored result"))
    return Row(row.number, cells, flags=tuple(flags))


def tables_of_xlsx_or_refusal(archive: Archive, data: bytes | Path) -> list[TextTable]:
    """The same; whatever a damaged workbook breaks in the parsers is one refusal."""
    try:
        return tables_of_xlsx(archive, data)
    except DAMAGE as error:
        raise unsafe(archive.name) from error
