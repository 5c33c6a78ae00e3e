"""Reads exported rows as a careful person would: types each cell, and keeps account of every row left out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from ..sheets import Sheet
from .layout import DATES, HAPPENED, HOURS, KEYS, MONEY, NAMES, NEEDED, NUMBERS, RENAMED, STAMPS

Row = dict[str, Any]
US_STAMP = re.compile(r"(\d{2})/(\d{2})/(\d{4})(?: (\d{2}):(\d{2}) ([AP])M)?")


@dataclass
class Loaded:
    """The rows of one export that count, and how many were left out for which reason."""

    rows: list[Row]
    read: int
    quarantined: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)

    def account(self) -> dict[str, Any]:
        """Both sides of the balance of rows."""
        return {
            "read": self.read, "loaded": len(self.rows), "quarantined": sum(self.quarantined.values()),
            "set_aside": sum(self.set_aside.values()), "reasons": dict(self.quarantined + self.set_aside),
        }  # fmt: skip


class UnreadableError(Exception):
    """A cell that can't be read; its text is the reason."""


def key_of(name: str) -> str:
    """A name as it is compared: one form of accents, one case, one blank."""
    return " ".join(unicodedata.normalize("NFC", name).lower().split())


def person_of(name: str) -> str:
    """A person's name, first name first."""
    last, _, first = name.partition(", ")
    return f"{first} {last}" if first else name


def _when(text: str) -> datetime:
    found = US_STAMP.fullmatch(text)
    try:
        if not found:
            return datetime.fromisoformat(text)
        month, day, year = (int(found[n]) for n in (1, 2, 3))
        hour = int(found[4] or 0) % 12 + (12 if found[6] == "P" else 0)
        return datetime(year, month, day, hour, int(found[5] or 0))
    except ValueError:
        raise UnreadableError("date_impossible") from None


def _number(text: str, reason: str) -> Fraction:
    try:
        return Fraction(text)
    except ValueError:
        raise UnreadableError(reason) from None


def _value(column: str, text: str) -> Any:
    """A cell's value by the kind of its column; None where it is empty."""
    if text in ("", "-"):
        return None
    if column in STAMPS or column in DATES:
        at = _when(text)
        if not (2000 if column in HAPPENED else 1950) <= at.year <= 2100:
            raise UnreadableError("date_out_of_range")
        return at if column in STAMPS else at.date()
    if column in HOURS:
        return _number(text, "hours_not_readable")
    if column in MONEY or column in NUMBERS:
        return _number(text, "amount_not_a_number")
    return text


def _missing(column: str) -> str:
    if column in DATES or column in STAMPS:
        return "date_missing"
    return {"client": "client_missing", "amount": "amount_missing", "hours": "hours_missing"}.get(column, "id_missing")


def _row(entity: str, cells: dict[str, str]) -> Row:
    """One typed row."""
    row: Row = {column: _value(column, text) for column, text in cells.items()}
    for column in NEEDED[entity]:
        if row[column] is None:
            raise UnreadableError(_missing(column))
    for column in NAMES:
        if row.get(column):
            name = person_of(row[column]) if column == "technician" else row[column]
            row[column], row[f"{column}_key"] = name, key_of(name)
    return row


def _identity(entity: str, row: Row) -> tuple[Any, ...]:
    return tuple(row.get(f"{column}_key", row[column]) for column in KEYS[entity])


def _without_repeats(entity: str, rows: list[Row], loaded: Loaded) -> list[Row]:
    """One row per key: exact repeats are set aside, contradictions quarantined on both sides."""
    by_key: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        by_key[_identity(entity, row)].append(row)
    kept = []
    for group in by_key.values():
        distinct = [row for n, row in enumerate(group) if row not in group[:n]]
        loaded.set_aside["exact_duplicate"] += len(group) - len(distinct)
        if len(distinct) > 1:
            loaded.quarantined["conflicting_duplicate"] += len(distinct)
        else:
            kept += distinct
    return kept


def load(entity: str, sheet: Sheet) -> Loaded:
    """The rows of one export that count."""
    renamed = RENAMED.get(entity, {})
    header = [renamed.get(caption, caption) for caption in sheet.header]
    loaded, rows = Loaded([], len(sheet.rows)), []
    for cells in sheet.rows:
        try:
            rows.append(_row(entity, dict(zip(header, cells, strict=True))))
        except UnreadableError as problem:
            loaded.quarantined[str(problem)] += 1
    loaded.rows = _without_repeats(entity, rows, loaded)
    return loaded


def month_of(day: date) -> date:
    """The first of the day's month."""
    return date(day.year, day.month, 1)


def months_later(month: date, count: int) -> date:
    """The first of the month that many months later."""
    number = month.year * 12 + month.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)
