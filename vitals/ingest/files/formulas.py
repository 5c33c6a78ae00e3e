"""Works out the formulas of a sheet that were stored without a result: the few that reports are written with.

+ - * /, ROUND and SUM of cells; for anything else only a spreadsheet program will do.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, NamedTuple

from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel, to_excel

from vitals.ingest.files.archive import position
from vitals.ingest.read.texts import is_blank

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|(?P<range>\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?\d+)"
    r"|(?P<cell>\$?[A-Z]{1,3}\$?\d+)(?![\w(!])|(?P<name>SUM|ROUND)(?=\()|(?P<mark>[-+*/(),;]))",
    re.I,
)
DEEPEST, MOST_DIGITS = 100, 30
DIVISION_BY_ZERO = "#DIV/0!"
MOMENTS = (date, time, timedelta)
MOST_SUMMED = 5_000_000
"""Rows that all sums together may take in: a running total in every row would take for ever."""

Values = Callable[[int, int], Decimal | None]
"""The number in a row and column; None for an empty cell."""
Ranges = Callable[[tuple[int, int], tuple[int, int]], Iterator[Decimal]]


class UnsupportedError(Exception):
    """A formula that only a spreadsheet program can work out."""


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


class Formula:
    """One formula, worked out from left to right."""

    def __init__(self, text: str, value: Values, numbers_in: Ranges) -> None:
        self.tokens = list(_tokens(text.removeprefix("=")))
        self.value, self.numbers_in = value, numbers_in
        self.at, self.depth = 0, 0

    def result(self) -> Decimal:
        """The number it comes to; UnsupportedError for anything else, ZeroDivisionError for a division by nothing."""
        try:
            number = self._sum()
        except InvalidOperation as error:
            raise UnsupportedError from error
        if self.at < len(self.tokens):
            raise UnsupportedError
        return number

    def _peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def _next(self) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            raise UnsupportedError
        self.at += 1
        return self.tokens[self.at - 1]

    def _expect(self, *marks: str) -> None:
        if self._next()[1] not in marks:
            raise UnsupportedError

    def _sum(self) -> Decimal:
        self.depth += 1
        if self.depth > DEEPEST:
            raise UnsupportedError
        number = self._product()
        while self._peek() in ("+", "-"):
            number = number + self._product() if self._next()[1] == "+" else number - self._product()
        self.depth -= 1
        return number

    def _product(self) -> Decimal:
        number = self._signed()
        while self._peek() in ("*", "/"):
            number = number * self._signed() if self._next()[1] == "*" else self._quotient(number, self._signed())
        return number

    def _quotient(self, number: Decimal, divisor: Decimal) -> Decimal:
        if not divisor:
            raise ZeroDivisionError
        return number / divisor

    def _signed(self) -> Decimal:
        sign = 1
        while self._peek() in ("+", "-"):
            sign = -sign if self._next()[1] == "-" else sign
        return sign * self._atom()

    def _atom(self) -> Decimal:
        kind, text = self._next()
        if kind == "number":
            return Decimal(text)
        if kind == "cell":
            return self.value(*position(text)) or Decimal(0)
        if kind == "name":
            return self._total() if text == "SUM" else self._rounded()
        if text != "(":
            raise UnsupportedError
        number = self._sum()
        self._expect(")")
        return number

    def _total(self) -> Decimal:
        self._expect("(")
        total = Decimal(0)
        while True:
            if self.at < len(self.tokens) and self.tokens[self.at][0] == "range":
                first, last = self._next()[1].split(":")
                total += sum(self.numbers_in(position(first), position(last)), Decimal(0))
            else:
                total += self._sum()
            mark = self._next()[1]
            if mark == ")":
                return total
            if mark not in (",", ";"):
                raise UnsupportedError

    def _rounded(self) -> Decimal:
        self._expect("(")
        number = self._sum()
        self._expect(",", ";")
        digits = self._sum()
        self._expect(")")
        if digits != int(digits) or abs(digits) > MOST_DIGITS:
            raise UnsupportedError
        return number.quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, text = 0, text.rstrip()
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise UnsupportedError
        yield found.lastgroup, found[found.lastgroup].upper().replace("$", "")
        at = found.end()


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
        if value is None or (isinstance(value, str) and is_blank(value)):
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
