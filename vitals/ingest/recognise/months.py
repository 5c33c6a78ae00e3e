"""The words that stand for months, and the months that the captions of a table name."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

_MONTHS = (
    "jan january januar jänner janvier janv enero ene gennaio gen janeiro januari",
    "feb february februar février févr fév fevrier fevr febrero febbraio fevereiro fev februari",
    "mar march märz maerz mär mrz mars marzo março maart mrt",
    "apr april avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "jun june juni juin junio giugno giu junho",
    "jul july juli juillet juil julio luglio lug julho",
    "aug august août aout aoû agosto ago augustus",
    "sep sept september septembre septiembre setiembre set settembre setembro",
    "oct october okt oktober octobre octubre ottobre ott outubro out",
    "nov november novembre noviembre novembro",
    "dec december dez dezember décembre déc decembre diciembre dic dicembre dezembro",
)
MONTHS = {word: number + 1 for number, words in enumerate(_MONTHS) for word in words.split()}

_YEAR = r"(?P<y>\d{4}|\d{2})"
_FORMS = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2})(?: 00:00(?::00)?)?)?"),
    re.compile(r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})"),
    re.compile(rf"(?P<word>[^\W\d_]{{3,}})\.?[-/ ,]*'?{_YEAR}"),
    # a report that begins or ends within a month: Jan 15 - Jan 31, 2025
    re.compile(
        rf"(?P<word>[^\W\d_]{{3,}})\.? \d{{1,2}} ?[-–] ?(?:(?P=word)\.? )?\d{{1,2}}(?:, ?| ){_YEAR}", re.IGNORECASE
    ),
)


def _parts(caption: str) -> dict[str, str]:
    found = (form.fullmatch(" ".join(caption.split())) for form in _FORMS)
    return next((form.groupdict(default="") for form in found if form), {})


def month_of(caption: str) -> date | None:
    """The first day of the month that a caption names; None if it names none."""
    parts = _parts(caption)
    if not parts:
        return None
    month = MONTHS.get(parts["word"].lower(), 0) if parts.get("word") else int(parts["m"])
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    if not 1 <= month <= 12 or not year:
        return None
    is_month = not parts.get("d") or int(parts["d"]) in (1, calendar.monthrange(year, month)[1])
    return date(year, month, 1) if is_month else None


def _may_be_a_day(caption: str) -> bool:
    """Whether a caption could as well name a day: Jan 25 of some year, or the first of a month."""
    parts = _parts(caption)
    return bool(parts) and (len(parts["y"]) == 2 or bool(parts.get("d")))


def months_in(captions: Sequence[str]) -> dict[int, date]:
    """Position -> first day of the month that stands there; nothing if the captions may be days as well."""
    found = {place: month for place, caption in enumerate(captions) if (month := month_of(caption))}
    steps = {12 * (after.year - first.year) + after.month - first.month for first, after in pairwise(found.values())}
    if any(_may_be_a_day(captions[place]) for place in found) and steps not in (set(), {1}, {-1}):
        return {}
    return found if len(set(found.values())) == len(found) else {}
