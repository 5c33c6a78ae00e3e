"""The rows of one worksheet with formulas: values, results of formulas, and the formulas without a result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any, NamedTuple

from openpyxl.workbook import Workbook

from vitals.ingest.files.archive import LAST_ROW
from vitals.ingest.files.formula_cells import FormulaCell

Values = Sequence[Any]
NO_RESULTS = (None, "")


class Unsolved(NamedTuple):
    """A formula without a result, and the number format of its cell."""

    formula: str
    number_format: str


@dataclass(slots=True)
class SheetRow:
    """One row of a sheet: its values from the first column on, and the cells of formulas without a result, from 1."""

    number: int
    values: list[Any]
    has_formula: bool = False
    unsolved: dict[int, Unsolved] = field(default_factory=dict)


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
                row.unsolved[index + 1] = Unsolved(_text(cell.value), cell.number_format)
    return row


def _text(formula: object) -> str:
    """A formula as it is written; array formulas are objects that hold it."""
    return formula if isinstance(formula, str) else str(getattr(formula, "text", ""))


def marked_rows(
    rows: Iterable[Values], marked: Iterable[FormulaCell], format_of: Callable[[int], str]
) -> Iterator[SheetRow]:
    """The rows of the fast reader with what it doesn't tell of some of their cells."""
    values, cells, number = iter(rows), iter(marked), 0
    cell = next(cells, None)
    while (found := next(values, None)) is not None or cell is not None:
        number += 1
        row = SheetRow(number, list(found or ()))
        while cell is not None and cell.row <= number:
            _mark(row, cell, format_of)
            cell = next(cells, None)
        if row.values:
            yield row


def _mark(row: SheetRow, cell: FormulaCell, format_of: Callable[[int], str]) -> None:
    if cell.row != row.number or cell.row > LAST_ROW:
        raise ValueError(cell.row)
    row.values += [""] * (cell.column - len(row.values))
    row.has_formula = row.has_formula or bool(cell.formula)
    if cell.error:
        row.values[cell.column - 1] = cell.error
    elif not cell.has_result:
        row.unsolved[cell.column] = Unsolved(cell.formula, format_of(cell.style))
