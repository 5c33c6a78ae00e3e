"""Documents whose lines stand in rows of their own: whether the lines hold the tax, told by the document's total."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa

from vitals.ingest.model import TextTable
from vitals.ingest.read.numbers import read_number
from vitals.ingest.shapes.folding import column, with_column

CENT = Decimal("0.01")

Line = tuple[Decimal, Decimal, Decimal]
"""Amount, tax and the document's total."""


def without_held_tax(table: TextTable, columns: str) -> TextTable:
    """The table with the tax taken off the lines of each document that add up to its total without it."""
    amount, tax, total, number = (int(number) - 1 for number in columns.split(","))
    lines = [_line(cells) for cells in zip(*(column(table, at) for at in (amount, tax, total)), strict=True)]
    documents: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(column(table, number)):
        documents[(name or "").strip()].append(row)
    holding = [rows for name, rows in documents.items() if name and _hold_tax([lines[row] for row in rows])]
    if not holding:
        return table
    netted = column(table, amount)
    for row in (row for rows in holding for row in rows):
        line = lines[row]
        netted[row] = format(line[0] - line[1], "f") if line and netted[row] else netted[row]
    said = f"In {len(holding):,} of the invoices the lines hold the tax, which was taken off their amounts."
    changed = with_column(table, amount, pa.array(netted, pa.string()))
    return replace(changed, warnings=(*table.warnings, said))


def _line(cells: tuple[str | None, ...]) -> Line | None:
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
