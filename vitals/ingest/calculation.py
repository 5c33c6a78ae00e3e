"""Works out a sheet's formulas that were stored without a result."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal

from vitals.ingest.formulas import DEEPEST, DIVISION_BY_ZERO, Formula, UnsupportedError
from vitals.ingest.sheet import Book, Cell, SheetRow, shown


class Calculation:
    """The formulas of one sheet, each worked out once, whatever order they depend on each other in."""

    def __init__(self, rows: list[SheetRow], book: Book) -> None:
        self.rows = {row.number: row for row in rows}
        self.numbers = sorted(self.rows)
        self.book = book
        self.open: list[tuple[int, int]] = []

    def fill(self) -> set[int]:
        """Give every formula without a result one; the numbers of the rows where that happened."""
        filled = set()
        for row in self.rows.values():
            missing = [item for item in row.cells.items() if item[1].formula is not None and not item[1].has_value]
            for column, cell in missing:
                self._work_out_alone(row.number, column, cell)
                filled.add(row.number)
        return filled

    def _work_out_alone(self, row: int, column: int, cell: Cell) -> None:
        try:
            if not cell.has_value:
                self._work_out(row, column, cell)
        except RecursionError as error:
            raise UnsupportedError(f"row {row} depends on too many others") from error

    def _work_out(self, row: int, column: int, cell: Cell) -> None:
        if (row, column) in self.open or len(self.open) > DEEPEST:
            raise UnsupportedError(f"cell in row {row} depends on itself or on too many others")
        self.open.append((row, column))
        try:
            number = Formula(cell.formula or "", self._value, self._numbers_in).result()
            cell.number, cell.text = str(number), shown(float(number), cell.style, self.book)
        except ZeroDivisionError:
            cell.text = DIVISION_BY_ZERO
        except UnsupportedError as error:
            raise UnsupportedError(str(error) or f"={cell.formula} in row {row}") from error
        cell.has_value = True
        self.open.pop()

    def _value(self, row: int, column: int) -> Decimal | None:
        cell = self.rows[row].cells.get(column) if row in self.rows else None
        if cell is None:
            return None
        if cell.formula is not None and not cell.has_value:
            self._work_out(row, column, cell)
        if cell.number is None and cell.text.strip():
            raise UnsupportedError(f"a formula counts with the text in row {row}")
        return Decimal(cell.number) if cell.number is not None else None

    def _numbers_in(self, first: tuple[int, int], last: tuple[int, int]) -> Iterator[Decimal]:
        """The numbers of an area; texts in it count for nothing, as in a spreadsheet."""
        for number in self.numbers[bisect_left(self.numbers, first[0]) : bisect_right(self.numbers, last[0])]:
            cells = self.rows[number].cells
            for column in [column for column in cells if first[1] <= column <= last[1]]:
                yield self._in_area(number, column, cells[column])

    def _in_area(self, row: int, column: int, cell: Cell) -> Decimal:
        if cell.formula is not None or cell.number is not None:
            return self._value(row, column) or Decimal(0)
        return Decimal(0)
