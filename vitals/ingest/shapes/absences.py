"""Absences of several days, told by their ends or by their number, brought to one row a day with its share of hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice
from math import ceil
from typing import Any

from vitals.ingest.model import Match, TextTable
from vitals.ingest.read.dates import DAY_FIRST, read_when
from vitals.ingest.read.durations import read_hours
from vitals.ingest.read.numbers import read_number
from vitals.ingest.read.texts import ERRORS, is_empty
from vitals.ingest.recognise.captions import Evidence
from vitals.ingest.shapes.made import shared
from vitals.ingest.shapes.shape import Cell, Position, Shape, column, place_of, split, with_columns

HOURS_A_DAY = 8
"""Part of a day is stated in days, and counted in hours."""
MOST_DAYS = 1100
FRIDAY = 4

Day = tuple[Cell, Cell]
"""A day and its hours, both as text."""


@dataclass(frozen=True)
class Absence(Shape):
    """Absences of several days in a row: absence = captions of {first, last} day, and of {days, hours} in all.

    Without a last day there are as many days of work from the first as it says.
    """

    first: Position
    last: Position | None
    days: Position | None
    hours: Position | None

    name = "absence"
    place = 3
    needs_whole_table = True
    reads = ("technician",)

    @classmethod
    def is_there(cls, said: Mapping[str, Any], evidence: Evidence) -> bool:
        """Whether it goes from one day to another: times of a day are a shift."""
        ends = [place_of(evidence, said[side]) for side in ("first", "last") if side in said]
        return all(place is not None and not evidence.contradicts(place, "date") for place in ends)

    @property
    def makes(self) -> Mapping[str, tuple[int, ...]]:
        """Each day is a row, with its share of the hours."""
        told = [at for at in (self.first, self.last, self.days, self.hours) if at is not None]
        return {"day": tuple(at for at in (self.first, self.last) if at is not None), "hours": tuple(told)}

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """A row for each weekday; before the order of day and month is known, one for each end of an absence."""
        absent = [None] * table.rows.num_rows
        told = (self.first, self.last, self.days, self.hours)
        cells = [absent if at is None else column(table, at) for at in told]
        if self.last is None:
            cells[1] = [_last(first, days, order) for first, days in zip(cells[0], cells[2], strict=True)]
        lines = zip(*cells, strict=True)
        broken = _broken(table, match)
        days = [_days(cells, order, is_broken) for cells, is_broken in zip(lines, broken, strict=True)]
        rows = split(table, [line for line, found in enumerate(days) for _ in found])
        every = [day for found in days for day in found]
        made = {"day": [day for day, _ in every], "hours": [hours for _, hours in every]}
        return with_columns(rows, match.columns, made), 0


def _broken(table: TextTable, match: Match) -> list[bool]:
    """Lines that can't be used whatever their days are: they stay one row, so that they are quarantined once."""
    mapped = [name for name, place in match.columns.items() if place < len(table.header)]
    cells = {name: column(table, match.columns[name]) for name in mapped}
    return [
        is_empty(cells["technician"][row]) or any((cells[name][row] or "").strip().lower() in ERRORS for name in mapped)
        for row in range(table.rows.num_rows)
    ]


def _last(first: Cell, days: Cell, order: str | None) -> Cell:
    """The last of so many days of work, the first itself where either can't be read; none in a line too short."""
    if days is None:
        return None
    start, stated = read_when(first or "", order or DAY_FIRST).moment, read_number(days or "")
    if order is None or start is None or stated is None or not 1 < stated <= MOST_DAYS:
        return first
    every = (start + timedelta(step) for step in range(2 * MOST_DAYS))
    work = (day for day in every if day.weekday() <= FRIDAY)
    return f"{next(islice(work, ceil(stated) - 1, None)):%Y-%m-%d}"


def _days(cells: Sequence[Cell], order: str | None, is_broken: bool) -> list[Day]:
    first, last, days, hours = cells
    if order is None:
        return [(first, hours), (last, hours)]
    start, end = (read_when(cell or "", order).moment for cell in (first, last))
    if is_empty(first) or is_empty(last):
        return [(None if first is None or last is None else "", hours)]
    if start is None or end is None or not start <= end < start + timedelta(MOST_DAYS):
        return [(f"{first} to {last}", hours)]
    away = _weekdays(start, end)
    shares = _shares(start, end, days, hours, len(away))
    if shares is None or is_broken:
        return [(f"{start:%Y-%m-%d}", days if is_empty(hours) else hours)]
    return [(f"{day:%Y-%m-%d}", share) for day, share in zip(away, shares, strict=True)]


def _weekdays(start: datetime, end: datetime) -> list[datetime]:
    """The days of work from one to another; all of them where none is one."""
    every = [start + timedelta(step) for step in range((end.date() - start.date()).days + 1)]
    return [day for day in every if day.weekday() <= FRIDAY] or every


def _shares(start: datetime, end: datetime, days: Cell, hours: Cell, parts: int) -> list[str] | None:
    """The hours of each day, empty for a full one; None if their sum can't be read."""
    if not is_empty(hours):
        whole = read_hours(hours or "")
    elif not is_empty(days):
        stated = read_number(days or "")
        if stated is not None and stated >= parts:
            return [""] * parts
        whole = None if stated is None else stated * HOURS_A_DAY
    else:
        # one morning: from 9:00 to 13:00 of a day
        is_part = parts == 1 and start.date() == end.date() and end > start
        return [format(Decimal((end - start).seconds) / 3600, "f")] if is_part else [""] * parts
    return None if whole is None else shared(format(whole, "f"), parts)
