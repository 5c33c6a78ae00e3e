"""Documents whose lines stand in rows of their own: whether the lines hold the tax, told by the document's total."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, Self

import pyarrow as pa

from vitals.ingest.model import Match, TextTable
from vitals.ingest.read.numbers import read_number
from vitals.ingest.recognise.evidence import Evidence
from vitals.ingest.shapes.cells import Cell, column, with_column
from vitals.ingest.shapes.shape import Position, Shape, place_of

CENT = Decimal("0.01")

Line = tuple[Decimal, Decimal, Decimal]
"""Amount, tax and the document's total."""


@dataclass(frozen=True)
class HeldTax(Shape):
    """Lines that may hold their tax: gross = captions of a line's {amount, tax} and its document's {total, number}."""

    amount: Position
    tax: Position
    total: Position
    number: Position

    name = "gross"
    place = 40
    needs_whole_table = True

    @classmethod
    def found(cls, said: Any, evidence: Evidence) -> Self | None:
        """The shape where all four columns stand in the table."""
        places = [at for field in fields(cls) if (at := place_of(evidence, said[field.name])) is not None]
        return cls(*places) if len(places) == len(fields(cls)) else None

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """The table with the tax taken off the lines of each document that add up to its total without it."""
        lines = [_line(cells) for cells in zip(*(column(table, at) for at in self._figures), strict=True)]
        documents: dict[str, list[int]] = defaultdict(list)
        for row, name in enumerate(column(table, self.number)):
            documents[(name or "").strip()].append(row)
        holding = [rows for name, rows in documents.items() if name and _hold_tax([lines[row] for row in rows])]
        if not holding:
            return table, 0
        netted = column(table, self.amount)
        for row in (row for rows in holding for row in rows):
            line = lines[row]
            netted[row] = format(line[0] - line[1], "f") if line and netted[row] else netted[row]
        said = f"In {len(holding):,} of the invoices the lines hold the tax, which was taken off their amounts."
        changed = with_column(table, self.amount, pa.array(netted, pa.string()))
        return replace(changed, warnings=(*table.warnings, said)), 0

    @property
    def _figures(self) -> tuple[Position, ...]:
        return self.amount, self.tax, self.total


def _line(cells: tuple[Cell, ...]) -> Line | None:
    amount, tax, total = (read_number(cell or "0") for cell in cells)
    return None if amount is None or tax is None or total is None else (amount, tax, total)


def _hold_tax(lines: list[Line | None]) -> bool:
    """Whether the amounts alone are the total, to a cent for each line, and there is a tax that they could lack."""
    read = [line for line in lines if line is not None]
    if len(read) < len(lines):
        return False
    amounts = sum((amount for amount, _, _ in read), Decimal())
    tax = sum((tax for _, tax, _ in read), Decimal())
    allowed = CENT * len(read)
    return abs(tax) > allowed and abs(abs(amounts) - abs(read[0][2])) <= allowed
