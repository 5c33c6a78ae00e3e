"""The desk's working time: days, business minutes since the calendar's start, and how stamps are written."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache

from .world import holidays

OPENS_AT, DAY_MINUTES = 9 * 60, 480
CALENDAR_START, CALENDAR_END = date(2024, 9, 2), date(2026, 11, 30)


def is_workday(day: date) -> bool:
    """Whether the desk is open."""
    return day.weekday() < 5 and day not in holidays()


@cache
def workdays() -> tuple[date, ...]:
    """Every working day of the calendar, in order."""
    span = (CALENDAR_END - CALENDAR_START).days + 1
    return tuple(day for n in range(span) if is_workday(day := CALENDAR_START + timedelta(days=n)))


@cache
def _positions() -> dict[date, int]:
    return {day: n for n, day in enumerate(workdays())}


def minute_of(day: date, minutes_into_day: int) -> int:
    """Business minutes from the calendar's start to that minute of a working day."""
    return _positions()[day] * DAY_MINUTES + minutes_into_day


def moment(minute: int) -> datetime:
    """The time at which that many business minutes have passed."""
    day, rest = divmod(minute, DAY_MINUTES)
    return datetime.combine(workdays()[day], time()) + timedelta(minutes=OPENS_AT + rest)


def us_date(day: date) -> str:
    """MM/DD/YYYY, as the PSA writes it."""
    return f"{day.month:02}/{day.day:02}/{day.year}"


def us_stamp(at: datetime | None) -> str:
    """MM/DD/YYYY hh:mm AM, as the PSA writes it; empty where nothing happened."""
    if at is None:
        return ""
    half = "PM" if at.hour >= 12 else "AM"
    return f"{us_date(at.date())} {at.hour % 12 or 12:02}:{at.minute:02} {half}"
