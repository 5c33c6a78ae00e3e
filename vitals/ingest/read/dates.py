"""Dates as exports write them: whichever order, months in words, clocks, zones, serial numbers of spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from vitals.ingest.read.texts import ALIKE, is_empty, matched_sql
from vitals.ingest.read.zones import IMPOSSIBLE, NO_ZONES, offset_of

DAY_FIRST, MONTH_FIRST, YEAR_FIRST, CONFLICT, UNKNOWN = "dmy", "mdy", "ymd", "conflict", ""
ORDER_CONFLICT = "date_order_conflict"
SERIAL, UNIX = "read_as_excel_serial", "read_as_unix_time"
PIVOT = 70
"""Two-digit years run from 1970 to 2069."""

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

_WEEKDAYS = (
    "mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday "
    "mo montag di dienstag mi mittwoch do donnerstag fr freitag sa samstag sonnabend so sonntag "
    "lun lundi mar mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche "
    "lunes martes mié mie miércoles miercoles jue jueves vie viernes sáb sab sábado sabado dom domingo "
    "lunedì martedì mercoledì gio giovedì venerdì sabato domenica "
    "seg ter qua qui sex segunda terça quarta quinta sexta "
    "ma maandag dinsdag wo woensdag donderdag vr vrijdag za zaterdag zo zondag"
)
WEEKDAYS = frozenset(_WEEKDAYS.split())

_ISO = re.compile(r"(?P<y>\d{4})(?P<gap>[-/.])(?P<m>\d{1,2})(?P=gap)(?P<d>\d{1,2})")
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?!\d)")
_PARTS = re.compile(r"(?P<a>\d{1,2})(?P<gap>[-/. ])(?P<b>\d{1,2})(?P=gap)(?P<y>\d{4}|\d{2})(?!\d)")
_NAMED = re.compile(r"(?:(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[-/ .]*(?:de |of )?)?(?P<month>[^\W\d_]+)\.?[-/ .,]*")
_YEAR = re.compile(r"(?:del? |of )?'?(?P<y>\d{4}|\d{2})(?!\d)")
_DAY_YEAR = re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th|º)?[ ,./-]+(?P<y>\d{4}|\d{2})(?!\d)")
_WEEKDAY = re.compile(rf"^(?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})\b\.?,? +", re.IGNORECASE)
_YEAR_NAMED = re.compile(r"(?P<y>\d{4})[-/. ](?P<month>[^\W\d_]+)\.?[-/. ](?P<d>\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?P<day>[^\W\d_]+\.? \d{1,2}) (?P<clock>\d{1,2}:\d\d.*) (?P<y>\d{4})")
"""Unix writes the clock before the year: Fri Mar 14 09:15:00 2025."""
_ZEROS = re.compile(r"0{1,4}([-/.])0{1,2}\1?0{1,4}(?!\d)")
_CLOCK = re.compile(
    r"(?P<h>\d{1,2})[:.h](?P<mi>\d{2})(?:[:.](?P<s>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    r"(?: ?(?P<side>[ap])\.? ?m\.?)?(?: ?(?P<zone>.+))?",
    re.IGNORECASE,
)
_COMPACT_CLOCK = re.compile(
    r"(?P<h>\d{2})(?P<mi>\d{2})(?:(?P<s>\d{2})(?:[.,](?P<part>\d{1,9}))?)?(?P<side>(?!))?"
    r"(?P<zone>Z|[+-]\d{2}:?(?:\d{2})?)?"
)
"""The clock behind the T of 20260504T091500Z."""
_BARE_HOUR = re.compile(r"(?P<h>\d{1,2}) ?(?P<side>[ap])\.? ?m\.?", re.IGNORECASE)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_UNIX = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
EXCEL_START, UNIX_START = datetime(1899, 12, 30), datetime(1970, 1, 1)
_WORD = r"[^\W\d_]{3,10}\.?"
DATE = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    rf"|\d{{4}}[-/. ]{_WORD}[-/. ]\d{{1,2}}|(?:\w+,? )?{_WORD} \d{{1,2}} \d{{1,2}}:\d\d\S* .*\d{{4}}"
    rf"|\d{{1,2}}[-/. ]{_WORD}[-/., ]+\d{{2,4}}|(?:\w+,? )?{_WORD} \d{{1,2}},? \d{{4}}"
    r"|(?:19|20)\d{6}(?=T\d{4}))(?:[T ,].*)?"
)
"""How dates look, whether or not there is such a day; TIME a time of day alone."""
TIME = re.compile(r"\d{1,2}(?::\d{2}){0,2} ?[ap]\.?m\.?", re.IGNORECASE)
COMPACT = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
EPOCH, SPREADSHEET_DAY = re.compile(r"1\d{9}(?:\d{3})?"), re.compile(r"[34]\d{4}(?:\.\d+)?")
"""Numbers that are dates if the column holds dates: seconds since 1970 in this century, days of a spreadsheet."""
_ZONE = r"(?:Z|(?![AP]M$)[A-Z]{2,5}|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d\d)?)"
ZONED = re.compile(rf"(?:\d:\d\d(?::\d\d)?|T\d{{4}}(?:\d\d)?)(?:[.,]\d+)? ?(?:[AaPp]\.?[Mm]\.? )?{_ZONE}$")
ZONED_SQL = (
    r"(?:\d:\d\d(?::\d\d)?|T\d\d\d\d(?:\d\d)?)(?:[.,]\d+)? ?(?:[AaPp]\.?[Mm]\.? )?"
    r"(Z|[A-Z][A-Z][A-Z]?[A-Z]?[A-Z]?|(?:UTC|GMT)?[+-]\d\d?(?::?\d\d)?)\s*$"
)
"""The same for SQL, where AM and PM pass for zones."""
CLOCK_SQL = r"\d\d?:\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?"
_MONTH_ALONE = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})|(?P<month>\d{1,2}|[^\W\d_]{3,})\.?[ -/](?P<year>\d{4})")
_MIDNIGHT = re.compile(r"[ T](?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00)? ?a\.?m\.?)$", re.IGNORECASE)
_SHOWS_CLOCK = re.compile(r"\d:\d\d|\dT\d{4}|\d ?[ap]\.?m\.?\b", re.IGNORECASE)
DAY_OF_NOTHING = re.compile(r"^(?:1899-12-3[01]|1900-01-0[01])[ T]")
"""The day that a spreadsheet writes before a time of day."""
ISO = r"\d\d\d\d-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)?"
"""What means the same in every order, so that SQL may cast it; SLASHED is what does once the order is known."""
SLASHED = r"\d\d?/\d\d?/\d\d\d\d(?: \d\d?:\d\d(?::\d\d)?(?: [AaPp][Mm])?)?"
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
_PARTS_SQL = r"^\s*(?:\pL+\.?,? +)?(\d\d?)([-/. ])(\d\d?)[-/. ](\d\d\d\d|\d\d)(?:\D|$)"
LENGTHS = (0, len("2026-01-31"), len("2026-01-31 09:00"), len("2026-01-31 09:00:00"))
"""Arrow also takes 2026-01-31 09 and 2026-01-31 0900; of these lengths nothing that the exact reader doesn't."""


class When(NamedTuple):
    """A moment as written: wall clock without zone, minutes ahead of UTC if a zone is given, or the problem."""

    moment: datetime | None = None
    offset: int | None = None
    problem: str = ""
    flag: str = ""


def numeric_parts(text: str) -> tuple[int, int, str, int] | None:
    """The two leading numbers of a date that doesn't say which is the day, what stands between, and its last number."""
    found = _PARTS.match(_without_weekday(text))
    return (int(found["a"]), int(found["b"]), found["gap"], int(found["y"])) if found else None


def _without_weekday(text: str) -> str:
    """The text after the name of a day of the week, unless a month is called so too (French "mar")."""
    first = _NAMED.match(text)
    return text if first and first["month"].lower() in MONTHS else _WEEKDAY.sub("", text, count=1)


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (1900 if year >= PIVOT else 2000)


def _ordered(a: int, b: int, order: str) -> tuple[int, int] | str:
    """Day and month of two numbers, or the problem: what only one order allows is read by that one."""
    if a > 12 or b > 12 or a == b:
        return (b, a) if b > 12 else (a, b)
    if order == CONFLICT:
        return ORDER_CONFLICT
    return (b, a) if order == MONTH_FIRST else (a, b)


def _named_day(text: str) -> tuple[date | str, str] | None:
    """A date with its month in words and what follows it; None if no word in it is a month."""
    first = _NAMED.match(text)
    month = MONTHS.get(first["month"].lower()) if first else None
    if not first or not month:
        return None
    rest = (_YEAR if first["d"] else _DAY_YEAR).match(text, first.end())
    if not rest:
        return None
    return _day(_year(rest["y"]), month, int(first["d"] or rest["d"])), text[rest.end() :]


def _day(year: int, month: int, day: int) -> date | str:
    try:
        return date(year, month, day)
    except ValueError:
        return IMPOSSIBLE


def _split(text: str, order: str) -> tuple[date | str, str] | None:
    """The day (or its problem) and the text after it; None if the text doesn't begin with a date."""
    if found := _ISO.match(text) or _COMPACT.match(text):
        return _day(int(found["y"]), int(found["m"]), int(found["d"])), text[found.end() :]
    if found := _YEAR_NAMED.match(text):
        month = MONTHS.get(found["month"].lower())
        return (_day(int(found["y"]), month, int(found["d"])), text[found.end() :]) if month else None
    if found := _PARTS.match(text):
        if order == YEAR_FIRST and len(found["y"]) == 2:
            return _day(_year(found["a"]), int(found["b"]), int(found["y"])), text[found.end() :]
        parts = _ordered(int(found["a"]), int(found["b"]), order)
        if isinstance(parts, str):
            return parts, text[found.end() :]
        return _day(_year(found["y"]), parts[1], parts[0]), text[found.end() :]
    return _named_day(text)


def _since_midnight(found: re.Match[str]) -> timedelta | None:
    """The time of day; 24:00 is the midnight that follows; None if no clock shows it."""
    parts = found.groupdict(default="0")
    hours, minutes, seconds = int(parts["h"]), int(parts.get("mi", 0)), int(parts.get("s", 0))
    side = (found["side"] or "").lower()
    if side and hours <= 12:
        hours = hours % 12 + (12 if side == "p" else 0)
    if side == "a" and hours > 12:
        return None
    if minutes > 59 or seconds > 59 or hours > 24 or (hours == 24 and (minutes or seconds)):
        return None
    return timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=_micro(parts.get("part", "0")))


def _micro(part: str) -> int:
    return int(part[:6].ljust(6, "0"))


def _with_clock(day: date, rest: str, zones: Mapping[str, int]) -> When:
    """The moment of a day and the clock text after it."""
    start = datetime(day.year, day.month, day.day)
    compact = _COMPACT_CLOCK.fullmatch(rest[1:]) if rest[:1] == "T" else None
    rest = rest.strip().removeprefix("T").removeprefix("t").removeprefix(",").removeprefix("-").strip()
    if not rest:
        return When(start)
    found = compact or _BARE_HOUR.fullmatch(rest) or _CLOCK.fullmatch(rest)
    since = _since_midnight(found) if found else None
    if since is None or found is None:
        return When(problem=IMPOSSIBLE)
    zone = found.groupdict().get("zone")
    offset = offset_of(zone, zones) if zone else None
    return When(problem=offset) if isinstance(offset, str) else When(start + since, offset)


def _counted(text: str) -> When | None:
    """A moment given as a count: days of a spreadsheet, seconds or milliseconds since 1970."""
    if _UNIX.fullmatch(text):
        seconds = float(text) / (1000 if len(text.split(".")[0]) == 13 else 1)
        return When(UNIX_START + timedelta(seconds=seconds), 0, flag=UNIX)
    if _SERIAL.fullmatch(text):
        # spreadsheets hold a second as 1/86400 of a day in binary: round to the second that was meant
        return When(EXCEL_START + timedelta(seconds=round(float(text) * 86400)), flag=SERIAL)
    return None


def read_when(text: str, order: str, zones: Mapping[str, int] = NO_ZONES) -> When:
    """The moment that a cell holds, or its problem; a cell of zeros (0000-00-00) is the empty When."""
    text = " ".join(text.translate(ALIKE).split())
    if _ZEROS.match(text):
        return When()
    counted = _counted(text)
    if counted:
        return counted
    text = _without_weekday(text)
    split = _split(_YEAR_LAST.sub(r"\g<day> \g<y> \g<clock>", text), order)
    if split is None or isinstance(split[0], str):
        return When(problem=split[0] if split and isinstance(split[0], str) else IMPOSSIBLE)
    return _with_clock(split[0], split[1], zones)


def on_clock(when: When, desk: tzinfo | None) -> datetime | None:
    """The moment as a clock at the desk shows it: as it is written, unless the desk's zone is given as well."""
    if when.moment is None or when.offset is None or desk is None:
        return when.moment
    return when.moment.replace(tzinfo=timezone(timedelta(minutes=when.offset))).astimezone(desk).replace(tzinfo=None)


def in_utc(when: When) -> datetime | None:
    """The moment in UTC if a zone was given, else the wall clock as it stands."""
    return when.moment - timedelta(minutes=when.offset) if when.moment and when.offset else when.moment


def shows_clock(text: str) -> bool:
    """Whether a date carries a time of day, other than the midnight that a spreadsheet writes behind it."""
    return _SHOWS_CLOCK.search(_MIDNIGHT.sub("", text.strip())) is not None


def at_clock(day: str | None, clock: str | None) -> str | None:
    """The moment of a day and a time of day, each of which a spreadsheet may have made a moment of."""
    date, time = _MIDNIGHT.sub("", (day or "").strip()), DAY_OF_NOTHING.sub("", (clock or "").strip())
    return f"{date} {time}" if date and not is_empty(time) else date or None


def looks_like_date(text: str) -> bool:
    """Whether a cell is written like a date, with or without a time; whether there is such a day is another matter."""
    return DATE.fullmatch(text) is not None


def moments(texts: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """The moments that cells tell, null where one is empty; None if any is written in another way."""
    sizes = pc.binary_length(texts)
    if not pc.all(pc.is_in(sizes, pa.array(LENGTHS, pa.int32()))).as_py():
        return None
    is_filled = pc.greater(sizes, 0)
    filled = texts if pc.all(is_filled).as_py() else pc.if_else(is_filled, texts, None)
    try:
        return filled.cast(pa.timestamp("us"))
    except pa.ArrowInvalid:
        return None


def moment_sql(cell: str, order: str | None) -> str:
    """SQL for moments in ISO, or with slashes in the order that was decided; null where the exact reader decides."""
    iso = matched_sql(cell, ISO, f"try_cast({cell} as timestamp)")
    days = {DAY_FIRST: "%d/%m/%Y", MONTH_FIRST: "%m/%d/%Y"}.get(order or "")
    formats = ", ".join(f"'{days}{clock}'" for clock in _CLOCKS)
    return f"coalesce({iso}, {matched_sql(cell, SLASHED, f'try_strptime({cell}, [{formats}])')})" if days else iso


def parts_sql(cell: str) -> str:
    """SQL for what numeric_parts finds in cells, as a struct of texts; empty texts where it finds nothing."""
    return f"regexp_extract({cell}, '{_PARTS_SQL}', ['a', 'gap', 'b', 'last'])"


def first_of_month(text: str) -> str:
    """A month alone as its first day, any other text as it stands."""
    found = _MONTH_ALONE.fullmatch(text)
    if not found:
        return text
    year, month = found["y"] or found["year"], found["m"] or found["month"]
    return f"{year}-{month}-01" if month.isdigit() else f"1 {month} {year}"
