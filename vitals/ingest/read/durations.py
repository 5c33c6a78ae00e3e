"""Durations as exports write them, as exact hours: decimals, 1:30, 26:15:00, 1h 30m, PT1H30M, minutes and seconds."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from vitals.ingest.read.numbers import COMMA, DOT, take_apart, value_of
from vitals.ingest.read.texts import ALIKE, matched_sql

HOURS_STEP, BEYOND = Decimal("0.000000001"), Decimal(10) ** 15
MINUTES, MINUTE_CLOCKS = "minutes", "mm:ss"
LONGEST = 100
"""A longer text is no duration, and Python refuses to read numbers of thousands of digits."""
PER_HOUR = {"hours": Decimal(1), "minutes": Decimal(60), "seconds": Decimal(3600), "days": 1 / Decimal(24),
            "milliseconds": Decimal(3_600_000), "mm:ss": Decimal(60)}  # fmt: skip
_CLOCK = re.compile(r"(?P<hours>\d+):(?P<minutes>\d{1,2})(?::(?P<seconds>\d{1,2})(?:\.(?P<part>\d{1,6}))?)?")
_SINCE = re.compile(
    r"(?:(?P<iso>1970-01-\d\d|1900-01-\d\d|1899-12-3[01])[ t]"
    r"|(?P<one>\d\d?)[./](?P<other>\d\d?)[./](?P<year>1970|1900|1899) )"
    r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)(?:\.0+)?(?: ?(?P<half>[ap])\.?m\.?)?(?:z|\+00:00)?"
)
ORIGINS = {"1970": (1, 1), "1900": (1, 0), "1899": (12, 30)}
"""The year in which a count of days begins -> the month, and its day 0: a spreadsheet shows its day 1 as 1 January."""
_TIME_OF_DAY = re.compile(r"(?P<hours>\d{1,2})(?P<rest>:\d{2}:\d{2}) ?a\.?m\.?")
_MINUTE_CLOCK = re.compile(r"(?P<minutes>\d+):(?P<seconds>\d{2}) ?(?:min|mins|minutes)\.?")
_SHORT_CLOCK = re.compile(r"\d+:\d{2}")
_HOUR_CLOCK = re.compile(r"(?P<clock>\d+:\d{2}) ?(?:h|hr|hrs|hours)\.?")
_ISO = re.compile(r"p(?P<days>\d+d)?(?:t(?P<clock>(?:\d+h)?(?:\d+m)?(?:\d+(?:\.\d+)?s)?))?")
_PART = re.compile(r"(?P<count>\d+(?:[.,]\d+)?) ?(?P<unit>[a-z]+)\.?[ ,]*")
_SHORT = re.compile(r"^(\d+) ?h ?(\d{1,2})$")
_UNITS = (
    (Decimal(24), ("d", "day", "days", "tag", "tage", "jour", "jours", "dia", "dias")),
    (
        Decimal(1),
        (
            *("h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "heure", "heures", "hora", "horas"),
            *(
                "uur",
                "uren",
                "u",
                "tim",
                "timme",
                "timmar",
                "time",
                "timer",
                "godz",
                "godzina",
                "godziny",
                "godzin",
                "ore",
            ),
        ),
    ),
    (
        Decimal(1) / 60,
        (
            *("m", "min", "mins", "minute", "minutes", "minuten", "minuto", "minutos"),
            *("minut", "minuter", "minutter", "minuut", "minuty", "minuta", "minuti"),
        ),
    ),
    (Decimal(1) / 3600, ("s", "sec", "secs", "second", "seconds", "sek", "sekunden", "seg", "segundos")),
)
FRACTION, SMALL_CENTS, SMALL_WHOLE = r"-?\d{1,8}(?:\.\d{1,4})?", r"-?\d{1,8}(?:\.\d\d?)?", r"-?\d{1,8}"
"""Numbers that a column of hours may hold, by how much of its decimal sign is known: what SQL may cast."""

UNITS = {word: hours for hours, words in _UNITS for word in words}
DAY = Decimal(24)
_DAYS = re.compile(rf"\d ?(?:{'|'.join(_UNITS[0][1])})\b", re.IGNORECASE)


def _exact(hours: Decimal) -> Decimal:
    """Hours to a billionth; more than any type holds stay as they are, for the context has no digits for both."""
    return hours if abs(hours) >= BEYOND else hours.quantize(HOURS_STEP, ROUND_HALF_UP)


def _clock(text: str) -> Decimal | None:
    """Hours of h:mm or h:mm:ss, also over 24 hours; None if the minutes or seconds pass 59."""
    found = _CLOCK.fullmatch(text)
    if not found or int(found["minutes"]) > 59 or int(found["seconds"] or 0) > 59:
        return None
    seconds = Decimal(f"{found['seconds'] or 0}.{found['part'] or 0}")
    return int(found["hours"]) + (int(found["minutes"]) * 60 + seconds) / 3600


def _since_origin(text: str) -> Decimal | None:
    """A duration that a spreadsheet turned into a date, or that a system keeps as a moment after the start of 1970."""
    found = _SINCE.fullmatch(text)
    clock = _clock(found["clock"]) if found else None
    if found is None or clock is None:
        return None
    year, *rest = found["iso"].split("-") if found["iso"] else (found["year"], found["one"], found["other"])
    month, first = ORIGINS[year]
    # whichever of them comes first, one is the month
    days = [int(day) - first for at, day in zip(rest, reversed(rest), strict=True) if int(at) == month]
    if found["half"]:
        clock = clock % 12 + (12 if found["half"] == "p" else 0)
    return next((day * 24 + clock for day in days if day >= 0), None)


def _time_of_day(text: str) -> Decimal | None:
    """A duration that a spreadsheet shows as a time of day, to the second; one after noon would be a time of day."""
    found = _TIME_OF_DAY.fullmatch(text)
    return _clock(f"{int(found['hours']) % 12}{found['rest']}") if found and 1 <= int(found["hours"]) <= 12 else None


def _clock_with_unit(text: str) -> Decimal | None:
    """18:25 min counts minutes and seconds, 1:30 h hours and minutes."""
    if found := _MINUTE_CLOCK.fullmatch(text):
        return None if int(found["seconds"]) > 59 else _worded(f"{found['minutes']} min {found['seconds']} s")
    found = _HOUR_CLOCK.fullmatch(text)
    return _clock(found["clock"]) if found else None


def _iso(text: str) -> Decimal | None:
    """Hours of PT1H30M; months and years have no length in hours."""
    found = _ISO.fullmatch(text)
    return _worded((found["days"] or "") + (found["clock"] or "")) if found else None


def _worded(text: str, day: Decimal = DAY) -> Decimal | None:
    """Hours of "1h 30m", "90 min" or "1d"; None if a word is no unit or something else stands between."""
    total, place = Decimal(0), 0
    text = _SHORT.sub(r"\1 h \2 min", text)
    for found in _PART.finditer(text):
        if found.start() != place or found["unit"] not in UNITS:
            return None
        hours = UNITS[found["unit"]]
        total += Decimal(found["count"].replace(",", DOT)) * (day if hours == DAY else hours)
        place = found.end()
    return total if place == len(text) and place else None


def _unsigned(text: str) -> tuple[str, int]:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), -1
    return (text[1:].strip(), -1) if text.startswith("-") else (text.removeprefix("+"), 1)


def read_hours(text: str, unit: str = "hours", sign: str = DOT, day: Decimal = DAY) -> Decimal | None:
    """The hours that a cell holds, a bare number being of the column's unit, a day of so many; None for none."""
    written = take_apart(text)
    bare = value_of(written, sign) if written and not written.currency else None
    if bare is not None:
        return _exact(bare * day if unit == "days" else bare / PER_HOUR[unit])
    if len(text) > LONGEST:
        return None
    body, side = _unsigned(text.translate(ALIKE).strip().lower())
    if unit in (MINUTES, MINUTE_CLOCKS) and _SHORT_CLOCK.fullmatch(body):
        # in a column of minutes 1:30 may be a minute and a half, or what a spreadsheet shows of ninety
        hours = _clock_with_unit(f"{body} min") if unit == MINUTE_CLOCKS else None
        return None if hours is None else _exact(side * hours)
    for reader in (_clock, _since_origin, _time_of_day, _clock_with_unit, partial(_worded, day=day), _iso):
        hours = reader(body)
        if hours is not None:
            return _exact(side * hours)
    return None


def counts_days(text: str) -> bool:
    """Whether a length of time is written in days, such as "1d 4h": a day of work is shorter than one of a calendar."""
    return len(text) <= LONGEST and bool(_DAYS.search(text)) and read_hours(text) is not None


def looks_like_clock(text: str) -> bool:
    """Whether a cell is written as a clock shows hours, or as a spreadsheet that took one for a date."""
    text = text.translate(ALIKE)
    return bool(_CLOCK.fullmatch(text.removeprefix("-"))) or _since_origin(text.lower()) is not None


def hours_sql(cell: str, unit: str, sign: str) -> str:
    """SQL for the hours of bare numbers of a unit; null where the exact reader must decide."""
    if unit == "days":
        return "null::decimal(18,9)"
    if unit == "hours":
        pattern = {DOT: FRACTION, COMMA: SMALL_WHOLE}.get(sign, SMALL_CENTS)
        return matched_sql(cell, pattern, f"try_cast({cell} as decimal(18,9))")
    return matched_sql(cell, SMALL_WHOLE, f"(try_cast({cell} as bigint) / {PER_HOUR[unit]})::decimal(18,9)")
