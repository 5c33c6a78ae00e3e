"""An XLSX file as its two readers open it: which sheets it has, and the rows of each."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.reader.workbook import WorkbookParser
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from vitals.ingest.files.archive import Archive
from vitals.ingest.files.formula_cells import formula_cells
from vitals.ingest.files.sheet import SheetRow, Values, cell_rows, marked_rows, sheet_rows
from vitals.ingest.files.spreadsheet import calamine_values

WORKBOOK = "xl/workbook.xml"


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
        if any(part.needs_openpyxl or part.is_marked or part.hidden_rows for part in self.archive.parts.values()):
            return self._places_with_members()
        sheets = [sheet for sheet in self.calamine.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        return [SheetPlace(sheet.name, sheet.visible == SheetVisibleEnum.Visible) for sheet in sheets]

    def _places_with_members(self) -> list[SheetPlace]:
        sheets = self._parser.find_sheets()
        found = [SheetPlace(sheet.name, sheet.state == "visible", rel.target) for sheet, rel in sheets]
        return [place for place in found if self.archive.has(place.member) and "chartsheet" not in place.member]

    def calculable_rows(self, place: SheetPlace) -> Iterator[SheetRow]:
        """The rows of a sheet with its formulas, read by openpyxl if the fast reader can't take it."""
        if not self.archive.parts[place.member].needs_openpyxl:
            marked = formula_cells(self.archive.file, place.member)
            return marked_rows(calamine_values(self.calamine, place.name), marked, self._format_of)
        return sheet_rows(self.written, place.name, self._results(place))

    def _results(self, place: SheetPlace) -> Iterable[Values]:
        """The stored results of formulas: openpyxl needs as long for them as for the formulas, the fast reader less."""
        part = self.archive.parts[place.member]
        if not part.has_formulas:
            return ()
        if part.has_errors or part.is_sparse:
            return cell_rows(self._by_openpyxl(data_only=True), place.name, values_only=True)
        return calamine_values(self.calamine, place.name)

    @property
    def epoch(self) -> datetime:
        """The day from which the workbook counts dates."""
        return self._parser.wb.epoch

    def _format_of(self, style: int) -> str:
        return str(ReadOnlyCell(self._styles, 1, 1, None, "n", style).number_format)

    @cached_property
    def _parser(self) -> WorkbookParser:
        parser = WorkbookParser(self.archive.file, WORKBOOK, keep_links=False)
        parser.parse()
        return parser

    @cached_property
    def _styles(self) -> Worksheet:
        workbook = Workbook()
        apply_stylesheet(self.archive.file, workbook)
        return workbook.create_sheet()

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
