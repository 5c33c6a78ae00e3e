"""The rows of one worksheet as openpyxl reads them: stored values, and the formulas that were stored without one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.workbook import Workbook

LAST_ROW = 1_048_576


class Unsolved(NamedTuple):
    """A formula without a result, and its cell, whose format says how a result is shown."""

    formula: str
    cell: ReadOnlyCell


@dataclass(slots=True)
class SheetRow:
    """One row of a sheet: its values from the first column on, and its formulas without a result by column, from 1."""

    number: int
    values: list[Any]
    has_formula: bool = False
    unsolved: dict[int, Unsolved] = field(default_factory=dict)


def sheet_rows(stored: Workbook, written: Workbook, name: str) -> Iterator[SheetRow]:
    """The rows of a sheet that hold cells, from the workbook opened for its values and again for its formulas."""
    rows = zip(_cells(stored, name), _cells(written, name), strict=True)
    for number, (values, formulas) in enumerate(rows, 1):
        # openpyxl makes up the rows between, so a row number without end would never end
        if number > LAST_ROW:
            raise ValueError(number)
        if values:
            yield _row(number, values, formulas)


def _cells(workbook: Workbook, name: str) -> Iterator[tuple[Any, ...]]:
    sheet = workbook[name]
    # what lies beyond the size that a sheet states would be lost, and programs state it wrongly
    sheet.reset_dimensions()
    return iter(sheet.iter_rows())


def _row(number: int, stored: tuple[Any, ...], written: tuple[Any, ...]) -> SheetRow:
    row = SheetRow(number, [cell.value for cell in stored])
    for column, cell in enumerate(written, 1):
        if cell.data_type == "f":
            row.has_formula = True
            if row.values[column - 1] is None:
                row.unsolved[column] = Unsolved(_text(cell.value), stored[column - 1])
    return row


def _text(formula: object) -> str:
    """A formula as it is written; array formulas are objects that hold it."""
    return formula if isinstance(formula, str) else str(getattr(formula, "text", ""))
