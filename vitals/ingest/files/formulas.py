"""Works out the few formulas that reports are written with: + - * /, ROUND and SUM of cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from vitals.ingest.files.archive import position

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|(?P<range>\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?\d+)"
    r"|(?P<cell>\$?[A-Z]{1,3}\$?\d+)(?![\w(!])|(?P<name>SUM|ROUND)(?=\()|(?P<mark>[-+*/(),;]))",
    re.I,
)
DEEPEST, MOST_DIGITS = 100, 30
DIVISION_BY_ZERO = "#DIV/0!"
Values = Callable[[int, int], Decimal | None]
"""The number in a row and column; None for an empty cell."""
Ranges = Callable[[tuple[int, int], tuple[int, int]], Iterator[Decimal]]


class UnsupportedError(Exception):
    """A formula that only a spreadsheet program can work out."""


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
