"""The tables of an XLSX file: its sheets as the fast reader tells them, with what it leaves out found in the XML.

Formulas are taken by their stored result or worked out, never followed.
"""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import chain, repeat
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.formula.translate import Translator
from openpyxl.reader.workbook import WorkbookParser
from openpyxl.workbook import Workbook
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from vitals.errors import VitalsError
from vitals.ingest.files import number_formats
from vitals.ingest.files.archive import (
    CHUNK,
    ERRORS,
    FORMULAS,
    LAST_ROW,
    SAVE_AGAIN,
    WORKBOOK,
    Archive,
    Member,
    position,
)  # fmt: skip
from vitals.ingest.files.formulas import Calculation, SheetRow, Unsolved, UnsupportedError
from vitals.ingest.files.workbook import (
    HEADER_HINT,
    NO_TABLE,
    calamine_rows,
    calamine_values,
    merged_texts,
    refused_if_damaged,
    with_gaps,
    with_unread,
)  # fmt: skip
from vitals.ingest.model import TextTable
from vitals.ingest.table.layout import MANY_TABLES, MOST_TABLES, TooMuchError, tables_in
from vitals.ingest.table.rows import Row

ROW_END = b"</row>"
NO_SHEET = "{} has no sheets that can be read."
SAVE_RESULTS = "Open it in a spreadsheet program and save it, so that the results are stored, and load it again."
Values = Sequence[Any]
NO_RESULTS = (None, "")


@dataclass(frozen=True)
class SheetPlace:
    """A sheet's name, whether it is shown, and the member that holds it, where that matters."""

    name: str
    is_visible: bool
    member: str = ""


@dataclass
class Book:
    """One workbook, opened by each reader when it is first asked."""

    archive: Archive
    data: bytes | Path

    def places(self) -> list[SheetPlace]:
        """The sheets in their order, without those that hold no cells, such as charts."""
        members = self.archive.members.values()
        if self.currencies or any(not item.is_told_whole or item.hidden_rows or item.merged for item in members):
            return self._places_with_members()
        sheets = [sheet for sheet in self.calamine.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        return [SheetPlace(sheet.name, sheet.visible == SheetVisibleEnum.Visible) for sheet in sheets]

    def _places_with_members(self) -> list[SheetPlace]:
        sheets = self._parser.find_sheets()
        found = [SheetPlace(sheet.name, sheet.state == "visible", rel.target) for sheet, rel in sheets]
        return [place for place in found if self.archive.has(place.member) and "chartsheet" not in place.member]

    def calculable_rows(self, place: SheetPlace) -> Iterator[SheetRow]:
        """The rows of a sheet with its formulas, read by openpyxl if the fast reader can't take it."""
        if not self.archive.members[place.member].needs_openpyxl:
            marked = formula_cells(self.archive.file, place.member)
            return marked_rows(calamine_values(self.calamine, place.name), marked, self._formats)
        return sheet_rows(self.written, place.name, self._results(place))

    def _results(self, place: SheetPlace) -> Iterable[Values]:
        """The stored results of formulas: openpyxl needs as long for them as for the formulas, the fast reader less."""
        member = self.archive.members[place.member]
        if not member.has_formulas:
            return ()
        if member.has_errors or member.is_sparse:
            return cell_rows(self._by_openpyxl(data_only=True), place.name, values_only=True)
        return calamine_values(self.calamine, place.name)

    @property
    def epoch(self) -> datetime:
        """The day from which the workbook counts dates."""
        return self._parser.wb.epoch

    @cached_property
    def _formats(self) -> list[str]:
        return number_formats.formats_of(self.archive)

    @cached_property
    def currencies(self) -> dict[int, str]:
        """The styles that show a currency."""
        return number_formats.currency_styles(self._formats)

    @cached_property
    def _parser(self) -> WorkbookParser:
        parser = WorkbookParser(self.archive.file, WORKBOOK, keep_links=False)
        parser.parse()
        return parser

    @cached_property
    def calamine(self) -> CalamineWorkbook:
        """The workbook of the fast reader."""
        return CalamineWorkbook.from_filelike(io.BytesIO(self._content))

    @cached_property
    def written(self) -> Workbook:
        """The workbook with its formulas."""
        return self._by_openpyxl(data_only=False)

    @cached_property
    def _content(self) -> bytes:
        return self.data if isinstance(self.data, bytes) else self.data.read_bytes()

    def _by_openpyxl(self, data_only: bool) -> Workbook:
        return load_workbook(io.BytesIO(self._content), read_only=True, data_only=data_only, keep_links=False)


def tables_of_xlsx(archive: Archive, data: bytes | Path) -> list[TextTable]:
    """The tables of an XLSX file's visible sheets; of hidden ones if no other has a table."""
    book = Book(archive, data)
    with refused_if_damaged(archive.name):
        places = book.places()
    if not places:
        # openpyxl finds none in the strict variant of the format, which hardly any program writes
        raise VitalsError(NO_SHEET.format(archive.name), SAVE_AGAIN)
    if len(places) > MOST_TABLES:
        raise TooMuchError(MANY_TABLES)
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
    member = book.archive.members.get(place.member, Member())
    with refused_if_damaged(book.archive.name):
        shown = number_formats.currencies_in(book.archive.file, place.member, book.currencies)
        if member.is_told_whole:
            return calamine_rows(book.calamine, place.name, member.hidden_rows, member.merged, shown)
        rows = _calculated_rows(book, place)
        number_formats.mark_rows(rows, shown)
    found = {row.number: row for row in rows} if member.merged else {}
    merged = merged_texts(member.merged, lambda number, at: _text_at(found.get(number), at))
    for row in rows:
        row.merged = merged.get(row.number, {})
        if row.number in member.hidden_rows and row.filled:
            row.flags = (("hidden_row", ""), *row.flags)
    return rows


def _text_at(row: Row | None, at: int) -> str:
    return row.cells[at] if row and at < len(row.cells) else ""


def _calculated_rows(book: Book, place: SheetPlace) -> list[Row]:
    rows = list(book.calculable_rows(place))
    try:
        worked_out = Calculation(rows, book.epoch).fill()
    except UnsupportedError as error:
        refused = f"{book.archive.name} has formulas without stored results ({error})."
        raise VitalsError(refused, SAVE_RESULTS) from error
    return list(with_gaps(_row(row, worked_out) for row in rows))


def _row(row: SheetRow, worked_out: set[int]) -> Row:
    cells = [number_formats.value_text(value) for value in row.values]
    while cells and not cells[-1]:
        cells.pop()
    source = "worked out" if row.number in worked_out else "stored result"
    return Row(row.number, cells, flags=(("value_from_formula", source),) if row.has_formula else ())


def cell_rows(workbook: Workbook, name: str, values_only: bool = False) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet from the first one on, those between made up."""
    sheet = workbook[name]
    # what lies beyond the size that a sheet states would be lost, and programs state it wrongly
    sheet.reset_dimensions()
    return iter(sheet.iter_rows(values_only=values_only))


def sheet_rows(workbook: Workbook, name: str, results: Iterable[Values]) -> Iterator[SheetRow]:
    """The rows that hold cells, of a workbook opened with its formulas; their stored results come from elsewhere."""
    rows = zip(cell_rows(workbook, name), chain(results, repeat(())), strict=False)
    for number, (cells, stored) in enumerate(rows, 1):
        # rows between are made up, so that a row number without end would never end
        if number > LAST_ROW:
            raise ValueError(number)
        if cells:
            yield _written_row(number, cells, stored)


def _written_row(number: int, cells: tuple[Any, ...], stored: Values) -> SheetRow:
    row = SheetRow(number, [cell.value for cell in cells])
    for index, cell in enumerate(cells):
        if cell.data_type == "f":
            row.has_formula = True
            row.values[index] = stored[index] if index < len(stored) else None
            if row.values[index] in NO_RESULTS:
                row.unsolved[index + 1] = Unsolved(_text(cell.value), cell.number_format)
    return row


def _text(formula: object) -> str:
    """A formula as it is written; array formulas are objects that hold it."""
    return formula if isinstance(formula, str) else str(getattr(formula, "text", ""))


def marked_rows(rows: Iterable[Values], marked: Iterable[FormulaCell], formats: Sequence[str]) -> Iterator[SheetRow]:
    """The rows of the fast reader with what it doesn't tell of some of their cells."""
    values, cells, number = iter(rows), iter(marked), 0
    cell = next(cells, None)
    while (found := next(values, None)) is not None or cell is not None:
        number += 1
        row = SheetRow(number, list(found or ()))
        while cell is not None and cell.row <= number:
            _mark(row, cell, formats)
            cell = next(cells, None)
        if row.values:
            yield row


def _mark(row: SheetRow, cell: FormulaCell, formats: Sequence[str]) -> None:
    if cell.row != row.number or cell.row > LAST_ROW:
        raise ValueError(cell.row)
    row.values += [""] * (cell.column - len(row.values))
    row.has_formula = row.has_formula or bool(cell.formula)
    if cell.error:
        row.values[cell.column - 1] = cell.error
    elif not cell.has_result:
        row.unsolved[cell.column] = Unsolved(cell.formula, formats[cell.style] if formats else number_formats.GENERAL)


class FormulaCell(NamedTuple):
    """A cell with a formula, or an error that was stored as its value."""

    row: int
    column: int
    formula: str
    """As written, with its equals sign; empty for an error that no formula gave."""
    error: str
    has_result: bool
    style: int


def formula_cells(file: zipfile.ZipFile, member: str) -> Iterator[FormulaCell]:
    """Those cells in their order. The XML must be plain, as Member.is_plain says; ValueError if it is broken."""
    shared: dict[str, Translator] = {}
    for text in _whole_rows(file, member):
        for start in _starts(text):
            found = _cell(text[start : text.find(b"</c>", start) + len(b"</c>")], shared)
            if found:
                yield found


def _whole_rows(file: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """The sheet in stretches that end with a row."""
    rest = b""
    with file.open(member) as sheet:
        while chunk := sheet.read(CHUNK):
            end = (text := rest + chunk).rfind(ROW_END) + len(ROW_END)
            if end < len(ROW_END):
                rest = text
                continue
            yield text[:end]
            rest = text[end:]
    yield rest


def _starts(text: bytes) -> list[int]:
    """Where those cells begin; a mark within a cell's text only costs a look at it."""
    starts: set[int] = set()
    for mark in (*FORMULAS, *ERRORS):
        at = text.find(mark)
        while at >= 0:
            starts.add(text.rfind(b"<c ", 0, at))
            at = text.find(mark, at + 1)
    return sorted(starts - {-1})


def _cell(xml: bytes, shared: dict[str, Translator]) -> FormulaCell | None:
    cell = ElementTree.fromstring(xml)
    written, value = cell.find("f"), cell.findtext("v") or ""
    kind, reference = cell.get("t", ""), cell.attrib["r"]
    if written is None and kind != "e":
        return None
    formula = _formula(written, reference, shared) if written is not None else ""
    # the result of a formula may be a text without letters
    has_result = bool(value) or (kind == "str" and cell.find("v") is not None)
    error = value if kind == "e" else ""
    return FormulaCell(*position(reference), formula, error, has_result, int(cell.get("s", "0")))


def _formula(written: ElementTree.Element, reference: str, shared: dict[str, Translator]) -> str:
    """The formula as it stands in its cell; of those that share one, only the first has its text."""
    text = "=" + (written.text or "")
    if written.get("t") != "shared":
        return text
    index = written.get("si", "")
    if written.text:
        shared[index] = Translator(text, reference)
    return str(shared[index].translate_formula(reference))
