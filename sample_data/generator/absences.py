"""Who is away when: paid time off and sickness of the technicians, with the odd rows a real sheet has."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from random import Random

from .clock import is_workday, workdays
from .world import Person, last_day, months, people, stream

Row = tuple[str, date, str, str]
"""Technician, day, hours as written (empty is the whole day), kind."""


def _block(person: Person, start: date, days: int) -> list[Row]:
    """A run of whole days off that skips weekends and holidays."""
    free = [day for day in workdays() if day >= start and person.is_employed(day)][:days]
    return [(person.name, day, "", "pto") for day in free if day <= last_day()]


def _year(person: Person, year: int, draw: Random) -> list[Row]:
    """Two longer breaks and some single days in one year."""
    summer = date(year, draw.choice((6, 7, 8)), draw.randint(1, 20))
    spring = date(year, draw.choice((2, 3, 4)), draw.randint(1, 25))
    single = [date(year, draw.randint(1, 12), draw.randint(1, 28)) for _ in range(4)]
    rows = _block(person, summer, draw.choice((8, 9, 10))) + _block(person, spring, draw.choice((3, 4, 5)))
    return rows + [row for day in single for row in _block(person, day, 1)]


def _sick(person: Person, draw: Random) -> list[Row]:
    """Sick days, some of them only half a day."""
    days = draw.sample([day for day in workdays() if months()[0] <= day <= last_day()], 9)
    half = f"{person.day_hours / 2:g}"
    return [(person.name, day, draw.choice(("", "", half)), "sick") for day in sorted(days) if person.is_employed(day)]


def odd_rows() -> list[Row]:
    """Rows that must count for nothing, or for no more than a day."""
    return [
        ("Hannah Lindqvist", date(2026, 5, 25), "8", "pto"),  # a holiday: takes nothing away
        ("Hannah Lindqvist", date(2026, 5, 30), "8", "pto"),  # a Saturday
        ("Diego Fuentes", date(2026, 3, 10), "8", "pto"),  # before the first day of employment
        ("Ingrid Solheim", date(2026, 4, 22), "12", "pto"),  # more than a day: capped at eight hours
        ("Ingrid Solheim", date(2026, 7, 3), "8", "holiday"),  # kind holiday: the holidays file says it already
        ("Ingrid Solheim", date(2026, 9, 16), "8", "holiday"),  # kind holiday on a usual day: still no time off
    ]


def time_off() -> list[Row]:
    """Every absence of every technician, one row per technician, day and kind."""
    seen: dict[tuple[str, date, str], Row] = {}
    for person in people():
        draw = stream(f"absences:{person.name}")
        rows = [row for year in (2024, 2025, 2026) for row in _year(person, year, draw)] + _sick(person, draw)
        for row in rows:
            if months()[0] <= row[1] <= last_day():
                seen.setdefault((row[0], row[1], row[3]), row)
    for row in odd_rows():
        seen[row[0], row[1], row[3]] = row
    return sorted(seen.values())


def hours_away() -> dict[tuple[str, date], float]:
    """Hours that each technician is really away on each day, for whoever plans the days."""
    full = {person.name: person.day_hours for person in people()}
    away: dict[tuple[str, date], float] = defaultdict(float)
    for name, day, hours, kind in time_off():
        if kind != "holiday" and is_workday(day):
            away[name, day] = min(full[name], away[name, day] + float(hours or full[name]))
    return dict(away)
