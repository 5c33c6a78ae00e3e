"""A file's own grand total, compared with the sum of its rows: a free check that nothing was lost or doubled."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol

from vitals.contract import Entity
from vitals.ingest.model import LeftOut, Match
from vitals.ingest.read.balance import HOURS, MONEY
from vitals.ingest.read.cells import Cell, read_cell
from vitals.ingest.read.duplicates import CONFLICTING, EXACT

COUNTED = ("subtotal_or_total", EXACT, CONFLICTING)
"""Totals are no rows, and repeated rows were typed before they were found to be repeated."""


class Checked(Protocol):
    """What the check needs of an account."""

    totals: list[tuple[int, tuple[str, ...]]]
    warnings: list[str]
    notes: list[str]
    sums: dict[str, Decimal]
    quarantined: list[LeftOut]
    set_aside: list[LeftOut]


def _shown(number: Decimal) -> str:
    return f"{number:f}" if number != number.quantize(Decimal("0.01")) else f"{number:.2f}"


def _sentence(row: int, said: Decimal, found: Decimal, what: str) -> str:
    if said == found:
        return f"The file's own total in row {row} agrees with its rows: {what} {_shown(found)}."
    return f"The file's own total in row {row} is {_shown(said)}, but its rows add up to {_shown(found)}."


def _beside(account: Checked, is_money: bool) -> Decimal:
    """What the file's total holds beside the typed rows: those that can't be used, and payments and the like."""
    left = [item for item in (*account.set_aside, *account.quarantined) if item.reason not in COUNTED]
    sums = (item.money if is_money else item.hours for item in left)
    return sum((value for value in sums if value is not None), Decimal(0))


def check(account: Checked, entity: Entity, match: Match, cells: Mapping[str, Cell]) -> None:
    """Add a sentence for each grand total: a note where it agrees with the rows, else a warning."""
    for row, texts in account.totals:
        for name in (MONEY.get(entity.name, ""), HOURS.get(entity.name, "")):
            place = match.columns.get(name, len(texts))
            said = read_cell(cells[name], texts[place]).value if place < len(texts) else None
            if said is not None:
                typed = account.sums.get(name, Decimal(0))
                whole = typed + _beside(account, name == MONEY.get(entity.name))
                found = whole if said == whole else typed
                (account.notes if said == found else account.warnings).append(_sentence(row, said, found, name))
