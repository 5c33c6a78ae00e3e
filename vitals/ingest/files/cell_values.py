"""The texts of the values that a workbook's reader has typed, as a spreadsheet shows them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

EXACT_INTEGER = 2**53


def number_text(number: float | Decimal) -> str:
    """A number in the digits that the spreadsheet shows, at most fifteen, without an exponent."""
    if isinstance(number, float) and (number != number or number in (float("inf"), float("-inf"))):
        return str(number)
    if -EXACT_INTEGER < number < EXACT_INTEGER and number == int(number):
        return str(int(number))
    text = format(Decimal(f"{number:.15g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


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
