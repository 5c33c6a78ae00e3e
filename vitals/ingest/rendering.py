"""How the values of a workbook's cells are written as text: ISO dates, the shortest exact numbers, TRUE and FALSE."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

DATE, DURATION = "date", "duration"
EPOCH, EPOCH_1904, LEAP_BUG = datetime(1899, 12, 30), datetime(1904, 1, 1), 60
LAST_SERIAL = 2_958_466
BUILT_IN: dict[int, str] = {
    **dict.fromkeys([*range(14, 23), *range(27, 37), *range(50, 59), 45, 47], DATE),
    46: DURATION,
}
NO_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.I)
EXACT_INTEGER = 2**53


def style_kind(number_format: int, code: str) -> str:
    """DATE, DURATION or nothing: what a number format makes of a number."""
    if not code:
        return BUILT_IN.get(number_format, "")
    letters = NO_LETTERS.sub("", code.split(";")[0]).casefold()
    if re.search(r"\[(?:h+|m+|s+)\]", letters):
        return DURATION
    return DATE if re.search(r"[ydhs]|mm|m/|/m", letters) and "general" not in letters else ""


def number_text(number: float | Decimal) -> str:
    """A number in the digits that the spreadsheet shows, at most fifteen, without an exponent."""
    if isinstance(number, float) and (number != number or number in (float("inf"), float("-inf"))):
        return str(number)
    if -EXACT_INTEGER < number < EXACT_INTEGER and number == int(number):
        return str(int(number))
    text = format(Decimal(f"{number:.15g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def serial_text(serial: float, kind: str, is_1904: bool = False) -> str:
    """A spreadsheet's serial number as the date, time or duration that its format shows."""
    if kind == DURATION:
        return duration_text(timedelta(seconds=round(serial * 86_400)))
    if not 0 <= serial < LAST_SERIAL:
        return number_text(serial)
    start = EPOCH_1904 if is_1904 else EPOCH
    shift = 1 if not is_1904 and 1 <= serial < LEAP_BUG else 0
    moment = start + timedelta(days=int(serial) + shift, seconds=round((serial - int(serial)) * 86_400))
    return value_text(moment.time() if serial < 1 and not is_1904 else moment)


def duration_text(duration: timedelta) -> str:
    """Hours, minutes and seconds; hours may exceed a day."""
    seconds = round(duration.total_seconds())
    sign, seconds = "-" if seconds < 0 else "", abs(seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def value_text(value: object) -> str:
    """The text of a value that a workbook reader has typed."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | Decimal):
        return number_text(value)
    return _moment_text(value)


def _moment_text(value: object) -> str:
    if isinstance(value, datetime):
        whole = value
        if value.microsecond:
            whole = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        text = whole.isoformat(" ")
        return text.removesuffix(" 00:00:00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_text(value)
    if isinstance(value, time):
        return value.replace(microsecond=0).isoformat()
    return "" if value is None else str(value)
