"""Works out a sheet's formulas that were stored without a result."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel, to_excel

from vitals.ingest.files.formulas import DEEPEST, DIVISION_BY_ZERO, Formula, UnsupportedError
from vitals.ingest.files.sheet import SheetRow, Unsolved

MOMENTS = (date, time, timedelta)
MOST_SUMMED = 5_000_000
"""Rows that all sums together may take in: a running total in every row would take for ever."""


class Calculation:
    """The formulas of one sheet, each worked out once, whatever order they depend on each other in."""

    def __init__(self, rows: list[SheetRow], epoch: datetime) -> None:
        self.rows = {row.number: row for row in rows}
        self.numbers = sorted(self.rows)
        self.epoch = epoch
        self.results: dict[tuple[int, int], Decimal] = {}
        self.open: list[tuple[int, int]] = []
        self.summed = 0

    def fill(self) -> set[int]:
        """Give every formula without a result one; the numbers of the rows where that happened."""
        filled = [row for row in self.rows.values() if row.unsolved]
        for row in filled:
            for column in list(row.unsolved):
                self._work_out_alone(row, column)
        return {row.number for row in filled}

    def _work_out_alone(self, row: SheetRow, column: int) -> None:
        try:
            if column in row.unsolved:
                self._work_out(row, column)
        except RecursionError as error:
            raise UnsupportedError(f"row {row.number} depends on too many others") from error

    def _work_out(self, row: SheetRow, column: int) -> None:
        if (row.number, column) in self.open or len(self.open) > DEEPEST:
            raise UnsupportedError(f"cell in row {row.number} depends on itself or on too many others")
        self.open.append((row.number, column))
        cell = row.unsolved[column]
        try:
            number = Formula(cell.formula, self._value, self._numbers_in).result()
            self.results[row.number, column], row.values[column - 1] = number, self._shown(float(number), cell)
        except ZeroDivisionError:
            row.values[column - 1] = DIVISION_BY_ZERO
        except UnsupportedError as error:
            raise UnsupportedError(str(error) or f"{cell.formula} in row {row.number}") from error
        del row.unsolved[column]
        self.open.pop()

    def _shown(self, number: float, cell: Unsolved) -> Any:
        """A result as the format of its cell makes of it: a date, a time or the number itself."""
        if not is_date_format(cell.number_format):
            return number
        try:
            return from_excel(number, self.epoch, timedelta=is_timedelta_format(cell.number_format))
        except (OverflowError, ValueError):
            return number

    def _value(self, row: int, column: int) -> Decimal | None:
        if row not in self.rows or column > len(self.rows[row].values):
            return None
        if column in self.rows[row].unsolved:
            self._work_out(self.rows[row], column)
        if (row, column) in self.results:
            return self.results[row, column]
        value = self.rows[row].values[column - 1]
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, str | bool):
            raise UnsupportedError(f"a formula counts with the text in row {row}")
        return Decimal(str(to_excel(value, self.epoch) if isinstance(value, MOMENTS) else value))

    def _numbers_in(self, first: tuple[int, int], last: tuple[int, int]) -> Iterator[Decimal]:
        """The numbers of an area; texts in it count for nothing, as in a spreadsheet."""
        for number in self.numbers[bisect_left(self.numbers, first[0]) : bisect_right(self.numbers, last[0])]:
            row = self.rows[number]
            self.summed += 1
            if self.summed > MOST_SUMMED:
                raise UnsupportedError("the sums go over too many rows")
            for column in range(first[1], min(last[1], len(row.values)) + 1):
                value = row.values[column - 1]
                if not isinstance(value, str | bool) or value in ERROR_CODES:
                    yield self._value(number, column) or Decimal(0)
