"""Captions that name a month, alone or by one of its days: Jan 2025, 2025-01, 2025-01-31, 20250131."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from vitals.ingest.read.dates import MONTHS

_SHORT_YEAR = r"(?P<y>\d{4}|\d{2})"
_MONTH_FORMS = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2})(?:[ T]00:00(?::00)?)?)?"),
    re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})"),
    re.compile(rf"(?P<word>[^\W\d_]{{3,}})\.?[-/ ,]*'?{_SHORT_YEAR}"),
    # a report that begins or ends within a month: Jan 15 - Jan 31, 2025
    re.compile(
        rf"(?P<word>[^\W\d_]{{3,}})\.? \d{{1,2}} ?[-–] ?(?:(?P=word)\.? )?\d{{1,2}}(?:, ?| ){_SHORT_YEAR}",
        re.IGNORECASE,
    ),
)


def _month_parts(caption: str) -> dict[str, str]:
    found = (form.fullmatch(" ".join(caption.split())) for form in _MONTH_FORMS)
    return next((form.groupdict(default="") for form in found if form), {})


def month_of(caption: str) -> date | None:
    """The first day of the month that a caption names; None if it names none."""
    parts = _month_parts(caption)
    if not parts:
        return None
    month = MONTHS.get(parts["word"].lower(), 0) if parts.get("word") else int(parts["m"])
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    if not 1 <= month <= 12 or not year:
        return None
    is_month = int(parts.get("d") or 1) in range(1, calendar.monthrange(year, month)[1] + 1)
    return date(year, month, 1) if is_month else None


def _may_be_a_day(caption: str) -> bool:
    """Whether a caption could as well name a day: Jan 25 of some year, or the one of a month."""
    parts = _month_parts(caption)
    return bool(parts) and (len(parts["y"]) == 2 or bool(parts.get("d")))


def _day_within(caption: str) -> tuple[int, int]:
    """Which day of its month a caption names, from the first and from the last; the first, if it names none."""
    parts = _month_parts(caption)
    day, month = int(parts.get("d") or 1), month_of(caption)
    return day, calendar.monthrange(month.year, month.month)[1] - day if month and parts.get("d") else 0


def _are_alike(captions: Sequence[str]) -> bool:
    """Whether days stand for months: each the same day of its month, or each the first or the last."""
    days = [_day_within(caption) for caption in captions if _month_parts(caption).get("d")]
    return len({first for first, _ in days}) <= 1 or all(first == 1 or last == 0 for first, last in days)


def months_in(captions: Sequence[str]) -> dict[int, date]:
    """Position -> first day of the month that stands there; nothing if the captions may be days as well."""
    found = {place: month for place, caption in enumerate(captions) if (month := month_of(caption))}
    steps = {12 * (after.year - first.year) + after.month - first.month for first, after in pairwise(found.values())}
    if any(_may_be_a_day(captions[place]) for place in found) and steps not in (set(), {1}, {-1}):
        return {}
    if not _are_alike([captions[place] for place in found]):
        return {}
    return found if len(set(found.values())) == len(found) else {}
