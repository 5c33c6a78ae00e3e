"""Absences that go from one day to another brought to one row a day, each with its share of the hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pyarrow as pa

from vitals.ingest.model import Match, TextTable
from vitals.ingest.read.dates import read_when
from vitals.ingest.read.durations import read_hours
from vitals.ingest.read.numbers import read_number
from vitals.ingest.read.texts import ERRORS
from vitals.ingest.recognise.evidence import is_empty
from vitals.ingest.shapes.folding import SPLIT_STEP, column, with_column
from vitals.ingest.shapes.spans import shared

HOURS_A_DAY = 8
"""Part of a day is stated in days, and counted in hours."""
MOST_DAYS = 1100
FRIDAY = 4

Cell = str | None
Day = tuple[Cell, Cell]
"""A day and its hours, both as text."""


def by_day(table: TextTable, match: Match, order: str | None) -> TextTable:
    """A row for each weekday of an absence; before the order of day and month is known, one for each of its ends."""
    numbers = [int(number) for number in match.rules["*span"].split(",")]
    absent = [None] * table.rows.num_rows
    lines = list(zip(*(column(table, number - 1) if number else absent for number in numbers), strict=True))
    broken = _broken(table, match)
    days = [_days(cells, order, is_broken) for cells, is_broken in zip(lines, broken, strict=True)]
    return _one_row_each(table, match, days)


def _broken(table: TextTable, match: Match) -> list[bool]:
    """Lines that can't be used whatever their days are: they stay one row, so that they are quarantined once."""
    mapped = [name for name, place in match.columns.items() if place < len(table.header)]
    cells = {name: column(table, match.columns[name]) for name in mapped}
    return [
        is_empty(cells["technician"][row]) or any((cells[name][row] or "").strip().lower() in ERRORS for name in mapped)
        for row in range(table.rows.num_rows)
    ]


def _days(cells: Sequence[Cell], order: str | None, is_broken: bool) -> list[Day]:
    first, last, days, hours = cells
    if order is None:
        return [(first, hours), (last, hours)]
    start, end = (read_when(cell or "", order).moment for cell in (first, last))
    if is_empty(first) or is_empty(last):
        return [(first if first is None or last is None else "", hours)]
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


def _one_row_each(table: TextTable, match: Match, days: list[list[Day]]) -> TextTable:
    """The first day keeps the number of its line; the others add steps to it, so that each has its own."""
    lines = [line for line, found in enumerate(days) for _ in found]
    own = table.rows["row_number"].to_pylist()
    numbers = [own[line] + step * SPLIT_STEP for line, found in enumerate(days) for step in range(len(found))]
    rows = table.rows.take(pa.array(lines, pa.int64()))
    rows = rows.set_column(rows.column_names.index("row_number"), "row_number", pa.array(numbers, pa.int64()))
    table = replace(table, rows=rows)
    made = dict(zip(("day", "hours"), zip(*(day for found in days for day in found), strict=True), strict=True))
    for name in sorted(made, key=match.columns.__getitem__):
        table = with_column(table, match.columns[name], pa.array(made[name], pa.string()), name)
    return table
