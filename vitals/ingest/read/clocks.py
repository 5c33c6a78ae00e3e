"""By whose clock the times of a file are told: the desk's own, several zones', or midnights of another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from vitals.ingest.read.dates import DAY_FIRST, on_clock, read_when

NOON, HALF_HOUR, HOUR = 12 * 60, 30, 60
_DESKS = (
    "America/Los_Angeles America/Denver America/Phoenix America/Chicago America/New_York America/Halifax "
    "America/St_Johns America/Anchorage Pacific/Honolulu America/Mexico_City America/Bogota America/Sao_Paulo "
    "America/Santiago America/Argentina/Buenos_Aires Europe/London Europe/Lisbon Europe/Berlin Europe/Athens "
    "Europe/Istanbul Europe/Moscow Africa/Johannesburg Africa/Lagos Africa/Nairobi Africa/Cairo Asia/Jerusalem "
    "Asia/Dubai Asia/Karachi Asia/Kolkata Asia/Dhaka Asia/Bangkok Asia/Singapore Asia/Tokyo Australia/Perth "
    "Australia/Adelaide Australia/Brisbane Australia/Sydney Pacific/Auckland "
)
DESKS = tuple(_DESKS.split())
"""A zone for each set of rules by which desks change their clocks."""


@cache
def zone_named(name: str) -> tzinfo | None:
    """The time zone of that name of the IANA; None if there is none."""
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def are_utc(cells: Iterable[str], zones: Mapping[str, int]) -> bool:
    """Whether times are told in UTC, which is the clock of few desks: London's is ahead of it in summer."""
    return {offset for _, offset in _told(cells, zones)} == {0}


def _told(cells: Iterable[str], zones: Mapping[str, int]) -> set[tuple[datetime, int]]:
    """The moments of cells as they are written, and how far ahead of UTC each is."""
    read = (read_when(cell, DAY_FIRST, zones) for cell in cells)
    return {(when.moment, when.offset) for when in read if when.moment and when.offset is not None}


def desk_of(cells: Iterable[str], zones: Mapping[str, int], said: str) -> tzinfo | None:
    """The zone that times are to be told in: what was said, or the most frequent one where no single desk's clock
    shows them all as they are written; None where one does."""
    if known := zone_named(said) if said else None:
        return known
    seen = _told(cells, zones)
    offsets = Counter(offset for _, offset in seen)
    if len(offsets) < 2 or any(_shows(name, seen) for name in DESKS):
        return None
    return timezone(timedelta(minutes=offsets.most_common(1)[0][0]))


def _shows(name: str, seen: Iterable[tuple[datetime, int]]) -> bool:
    """Whether the clocks of a zone are so far ahead of UTC at each of these moments."""
    zone = ZoneInfo(name)
    spans = ((moment, timedelta(minutes=offset)) for moment, offset in seen)
    return all(
        ahead in {moment.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)} for moment, ahead in spans
    )


def are_evenings(clocks: Counter[str]) -> bool:
    """Whether days all carry one hour of the evening, or two where clocks were changed: midnight by another clock."""
    minutes = {_minutes(clock) for clock in clocks}
    if not minutes or None in minutes or len(minutes) > 2:
        return False
    found = sorted(minute for minute in minutes if minute is not None)
    return found[0] > NOON and all(minute % HALF_HOUR == 0 for minute in found) and found[-1] - found[0] in (0, HOUR)


def _minutes(clock: str) -> float | None:
    """Minutes after midnight of a time of day; None for none."""
    moment = on_clock(read_when(f"2000-01-01 {clock}", DAY_FIRST), None) if clock else None
    return None if moment is None else (moment - datetime(2000, 1, 1)) / timedelta(minutes=1)
