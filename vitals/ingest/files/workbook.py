"""Workbooks become tables, sheet by sheet; formulas are taken by their stored result or worked out, never followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from vitals.errors import VitalsError
from vitals.ingest.files.archive import SAVE_AGAIN, Archive, Part
from vitals.ingest.files.book import Book, SheetPlace
from vitals.ingest.files.calculation import Calculation
from vitals.ingest.files.damage import refused_if_damaged
from vitals.ingest.files.formulas import UnsupportedError
from vitals.ingest.files.rendering import value_text
from vitals.ingest.files.sheet import SheetRow
from vitals.ingest.files.spreadsheet import calamine_rows, with_gaps, with_unread
from vitals.ingest.model import TextTable
from vitals.ingest.table.layout import tables_in
from vitals.ingest.table.rows import Row

NO_SHEET = "{} has no sheets that can be read."
NO_TABLE = "{} has no sheet with a header row that can be recognised."
HEADER_HINT = "Give the columns of the table a first row with their names, and save it again."
SAVE_RESULTS = "Open it in a spreadsheet program and save it, so that the results are stored, and load it again."


def tables_of_xlsx(archive: Archive, data: bytes | Path) -> list[TextTable]:
    """The tables of an XLSX file's visible sheets; of hidden ones if no other has a table."""
    book = Book(archive, data)
    with refused_if_damaged(archive.name):
        places = book.places()
    if not places:
        # openpyxl finds none in the strict variant of the format, which hardly any program writes
        raise VitalsError(NO_SHEET.format(archive.name), SAVE_AGAIN)
    found, without = dict[SheetPlace, list[TextTable]](), list[str]()
    for place in places:
        rows = _rows(book, place)
        found[place] = tables_in(rows, place.name)
        without += [place.name] if rows and place.is_visible and not found[place] else []
    return with_unread(_visible(found, archive.name), without)


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


def _rows(book: Book, place: SheetPlace) -> Sequence[Row]:
    """The rows of a sheet: by the fast reader, unless it holds what that one doesn't tell."""
    part = book.archive.parts.get(place.member, Part())
    with refused_if_damaged(book.archive.name):
        is_whole = not (part.needs_openpyxl or part.is_marked)
        if is_whole:
            return calamine_rows(book.calamine, place.name, part.hidden_rows)
        rows = _calculated_rows(book, place)
    for row in rows:
        if row.number in part.hidden_rows and row.filled:
            row.flags = (("hidden_row", ""), *row.flags)
    return rows


def _calculated_rows(book: Book, place: SheetPlace) -> list[Row]:
    rows = list(book.calculable_rows(place))
    try:
        worked_out = Calculation(rows, book.epoch).fill()
    except UnsupportedError as error:
        refused = f"{book.archive.name} has formulas without stored results ({error})."
        raise VitalsError(refused, SAVE_RESULTS) from error
    return list(with_gaps(_row(row, worked_out) for row in rows))


def _row(row: SheetRow, worked_out: set[int]) -> Row:
    cells = [value_text(value) for value in row.values]
    while cells and not cells[-1]:
        cells.pop()
    source = "worked out" if row.number in worked_out else "stored result"
    return Row(row.number, cells, flags=(("value_from_formula", source),) if row.has_formula else ())
