"""The rows of one worksheet as openpyxl reads them: values, results of formulas, and the formulas without a result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.workbook import Workbook

LAST_ROW = 1_048_576
Values = Sequence[Any]
NO_RESULTS = (None, "")


@dataclass(slots=True)
class SheetRow:
    """One row of a sheet: its values from the first column on, and the cells of formulas without a result, from 1."""

    number: int
    values: list[Any]
    has_formula: bool = False
    unsolved: dict[int, ReadOnlyCell] = field(default_factory=dict)


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
            yield _row(number, cells, stored)


def _row(number: int, cells: tuple[Any, ...], stored: Values) -> SheetRow:
    row = SheetRow(number, [cell.value for cell in cells])
    for index, cell in enumerate(cells):
        if cell.data_type == "f":
            row.has_formula = True
            row.values[index] = stored[index] if index < len(stored) else None
            if row.values[index] in NO_RESULTS:
                row.unsolved[index + 1] = cell
    return row
