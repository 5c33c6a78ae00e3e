"""Stretches of time in one cell: two days or months with a sign or a word between, a quarter, a month, a year."""

from __future__ import annotations

import calendar
import re

from vitals.ingest.read.dates import MONTHS, looks_like_date
from vitals.ingest.read.month_captions import month_of

Span = tuple[str, str]
"""The first and the last day, as text; ISO where the cell names months."""

BETWEEN = re.compile(r"\s+(?:[-–—/]|to|until|through|thru|till|bis|au|hasta|t/m)\s+|\s*[–—]\s*", re.I)
BEFORE = re.compile(r"^(?:from|for|period|von|vom|du|desde|del)\b[\s:]*", re.I)
YEAR = re.compile(r"(?:19|20)\d{2}")
PART = re.compile(r"(?P<q>q|h)(?P<n>[1-4])[\s/'-]*(?P<y>20\d{2})|(?P<y2>20\d{2})[\s/-]*(?P<q2>q|h)(?P<n2>[1-4])", re.I)
MONTHS_IN = {"q": 3, "h": 6}


def span_of(text: str) -> Span | None:
    """The first and the last day of what a cell says; None where it is no stretch of time."""
    plain = _plain(text)
    return pair_of(plain) or _part_of_year(plain) or _month(plain) or _year(plain)


def is_pair(text: str) -> bool:
    """Whether a cell names where a stretch begins and where it ends, or a part of a year, and not one month or year."""
    plain = _plain(text)
    return bool(pair_of(plain) or _part_of_year(plain))


def pair_of(text: str) -> Span | None:
    """The two days, or the days of the two months, between which a sign or a word stands."""
    for first, last in _halves(text):
        if looks_like_date(first) and looks_like_date(last) and not (_named(first) and _named(last)):
            return first, last
        if span := _months(first, last) or _days(first, last):
            return span
    return None


def _plain(text: str) -> str:
    return BEFORE.sub("", " ".join(text.split()).strip("()[] "))


def _halves(text: str) -> list[tuple[str, str]]:
    """The ways to cut a text in two: at a word or a sign between blanks, else at any sign."""
    if len(parts := BETWEEN.split(text)) == 2:
        return [(parts[0].strip(), parts[1].strip())]
    signs = [at for at, char in enumerate(text) if char in "-/"]
    # the middle one first: "2026-01-01-2026-12-31"
    return [(text[:at].strip(), text[at + 1 :].strip()) for at in sorted(signs, key=lambda at: abs(2 * at - len(text)))]


def _months(first: str, last: str) -> Span | None:
    """The days of two months, the first of which may leave the year to the last."""
    until = _named(last)
    if until is None:
        return None
    since = _named(first) or _within_a_year(first, until)
    return (f"{since[0]}-{since[1]:02}-01", _last_day(*until)) if since and since <= until else None


def _named(text: str) -> tuple[int, int] | None:
    """Year and month that a text names, and no day of it."""
    named = month_of(text)
    has_day = bool(re.fullmatch(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.*|\d{8}", text))
    return (named.year, named.month) if named and not has_day else None


def _within_a_year(text: str, until: tuple[int, int]) -> tuple[int, int] | None:
    """The month of a name without a year that is the nearest before the other."""
    month = MONTHS.get(text.lower().rstrip("."), 0)
    return (until[0] - (month > until[1]), month) if month else None


def _days(first: str, last: str) -> Span | None:
    """Two days, the first of which leaves the year, or month and year, to the last: 1 Jan - 31 Dec 2026."""
    year = YEAR.search(last)
    if not year or not looks_like_date(last) or looks_like_date(first):
        return None
    words = re.sub(r"^\d{1,2}\b\.?", "", last).strip()
    tried = [
        f"{first} {year[0]}",
        f"{first}, {year[0]}",
        *([f"{first} {words}"] if first.rstrip(".").isdigit() else []),
    ]
    found = next((text for text in tried if looks_like_date(text) and not _named(text)), None)
    return (found, last) if found else None


def _part_of_year(text: str) -> Span | None:
    """A quarter or a half of a year."""
    found = PART.fullmatch(text)
    if not found:
        return None
    kind, number = (found["q"] or found["q2"]).lower(), int(found["n"] or found["n2"])
    year, months = int(found["y"] or found["y2"]), MONTHS_IN[kind]
    end = number * months
    return (f"{year}-{end - months + 1:02}-01", _last_day(year, end)) if end <= len(calendar.month_name) - 1 else None


def _month(text: str) -> Span | None:
    named = _named(text)
    return (f"{named[0]}-{named[1]:02}-01", _last_day(*named)) if named else None


def _year(text: str) -> Span | None:
    return (f"{text}-01-01", f"{text}-12-31") if YEAR.fullmatch(text) else None


def _last_day(year: int, month: int) -> str:
    return f"{year}-{month:02}-{calendar.monthrange(year, month)[1]}"
