"""Rows as vendors write them: up to a number, below titles, among others that are no data, with tax or without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc

from vitals.ingest.model import Match, TextTable
from vitals.ingest.read.numbers import read_number
from vitals.ingest.read.texts import is_empty
from vitals.ingest.recognise.captions import Evidence
from vitals.ingest.shapes.shape import Cell, Position, Shape, column, each, place_of, set_aside, with_column

CENT = Decimal("0.01")

Line = tuple[Decimal, Decimal, Decimal]
"""Amount, tax and the document's total."""


@dataclass(frozen=True)
class Cap(Shape):
    """The number of rows at which the vendor cuts an export, or of different values of a column: cap = {most, of}."""

    most: int
    of: Position | None

    name = "cap"
    place = 10

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """The table with a warning where it is exactly as long as the vendor's exports can be."""
        number = table.rows.num_rows if self.of is None else len(set(column(table, self.of)))
        if number != self.most:
            return table, 0
        said = f"{match.system} stops an export at {number:,} records, exactly as many as stand here"
        return replace(table, warnings=(*table.warnings, f"{said}: it is probably cut.")), 0


@dataclass(frozen=True)
class Group(Shape):
    """A name alone on a row above its own rows, in a first column without a caption: group = {}."""

    name = "group"
    place = 20
    needs_whole_table = True

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """The table with the name put into each row below it; the rows of names are set aside."""
        if not table.header or table.header[0].strip():
            return table, 0
        filled, titles, current = list[Cell](), _alone(table), None
        for name, is_title in zip(column(table, 0), titles, strict=True):
            current = name if is_title else current
            filled.append(name if not is_empty(name) else current)
        named = with_column(table, 0, pa.array(filled, pa.string()))
        return set_aside(named, pa.array(titles, pa.bool_()), "group_title"), 0


def _alone(table: TextTable) -> list[bool]:
    others = [column(table, position) for position in range(1, len(table.header))]
    firsts = column(table, 0)
    return [not is_empty(first) and all(is_empty(cells[row]) for cells in others) for row, first in enumerate(firsts)]


@dataclass(frozen=True)
class RowRule:
    """Which rows are no data, by the words of one column: {column, keep or drop = [words], reason, exact}."""

    column: Position
    words: tuple[str, ...]
    keeps: bool
    """Whether the words say which rows stay, rather than which go."""
    exact: bool
    """Whether the whole cell is one of the words, rather than holds one."""
    reason: str


@dataclass(frozen=True)
class OtherRows(Shape):
    """Rows that are no data, such as drafts: other_rows = {rules}."""

    rules: tuple[RowRule, ...]

    name = "other_rows"
    place = 30

    @classmethod
    def found(cls, said: Mapping[str, Any], evidence: Evidence) -> Self | None:
        """The rules whose columns stand in the table."""
        rules = [_rule(spec, place_of(evidence, spec["column"])) for spec in said["rules"]]
        return cls(found) if (found := tuple(rule for rule in rules if rule)) else None

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """The table without the rows that the rules keep out, each with its reason.

        A row too short to have the cell stays, so that it is quarantined for what is wrong with it.
        """
        for rule in self.rules:
            words = each(table, rule.column, partial(_dropped_word, rule))
            exists = pc.is_valid(table.rows.column(f"c{rule.column}").combine_chunks())
            table = set_aside(table, pc.and_(exists, pc.equal(words, "dropped")), rule.reason)
        return table, 0


def _rule(spec: Mapping[str, Any], column: Position | None) -> RowRule | None:
    if column is None:
        return None
    words = tuple(word.casefold() for word in spec.get("keep", spec.get("drop", ())))
    return RowRule(column, words, "keep" in spec, spec.get("exact", True), spec["reason"])


def _dropped_word(rule: RowRule, cell: Cell) -> str:
    text = (cell or "").strip().casefold()
    is_named = text in rule.words if rule.exact else any(word in text for word in rule.words)
    return "kept" if is_named == rule.keeps else "dropped"


@dataclass(frozen=True)
class HeldTax(Shape):
    """Lines that may hold their tax: held_tax = captions of a line's {amount, tax}, its document's {total, number}."""

    amount: Position
    tax: Position
    total: Position
    number: Position

    name = "held_tax"
    place = 40
    needs_whole_table = True

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


@dataclass(frozen=True)
class Empty(Shape):
    """Words that mean an empty cell in an export: empty = {words}."""

    words: tuple[str, ...]

    name = "empty"
    place = 50

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """The table with these words taken out of the mapped columns."""
        for position in sorted({at for at in match.columns.values() if at < len(table.header)}):
            table = with_column(table, position, each(table, position, self._cleared))
        return table, 0

    def _cleared(self, cell: Cell) -> Cell:
        return "" if (cell or "").strip().casefold() in self.words else cell
