"""How numbers are written for people: money in its currency, percentages, hours, dates; a missing number is a dash."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

DOLLARS = "USD"
UNSTATED = ""
"""No file says in which currency its amounts are: they are taken for US dollars."""
SIGNS = {
    UNSTATED: "$", "$": "$", "USD": "$", "GBP": "£", "EUR": "€", "AUD": "A$", "CAD": "C$", "NZD": "NZ$", "SGD": "S$",
    "HKD": "HK$", "BRL": "R$", "INR": "₹", "JPY": "¥", "kr": "kr",
}  # fmt: skip
"""What stands for a currency, or for a mark that several share; any other code stands for itself."""
SHARED = {"$": "dollar", "kr": "krone or krona"}
_CODE = re.compile("[A-Z]{3}")
_GAP = "\N{NO-BREAK SPACE}"

# Each session's run has a thread, and each thread a context of its own: what one sets, no other sees.
_WRITTEN: ContextVar[str] = ContextVar("currency", default=UNSTATED)


@contextmanager
def written_in(code: str) -> Iterator[None]:
    """Write the amounts of this block, and of no other thread, in a currency."""
    before = _WRITTEN.set(code)
    try:
        yield
    finally:
        _WRITTEN.reset(before)


def sign(code: str | None = None) -> str:
    """What stands for a currency in a caption; nothing for a name of a file's own that is no code."""
    code = _WRITTEN.get() if code is None else code
    return SIGNS.get(code, code if _CODE.fullmatch(code) else "")


def before_number() -> str:
    """The sign as it stands before a number: £1,234, but CHF 1,234."""
    found = sign()
    return f"{found}{_GAP}" if found[-1:].isalpha() else found


def captioned(label: str) -> str:
    """A caption with the currency as its unit."""
    return f"{label}, {sign()}" if sign() else label


def unconverted(code: str) -> str:
    """That figures in a currency stand beside amounts in another, as they are; empty where both are the same."""
    used = _WRITTEN.get()
    same = used == code or (code == DOLLARS and used in (UNSTATED, "$"))
    return "" if same or not code else f"in {'US dollars' if code == DOLLARS else code}, not converted"


def a_unit(unit: str) -> str:
    """A unit as it stands after an amount: per hour is an hour."""
    return unit.replace("per hour", "an hour").replace("per ", "a ")


def currency_said(code: str) -> str:
    """In which currency a workspace's amounts are, and how that is known."""
    if code == UNSTATED:
        return "No file says in which currency its amounts are: they are taken for US dollars and written with $."
    if code in SHARED:
        return f"The files write {code} and don't say which {SHARED[code]} it is: amounts are written with {code}."
    shown = sign(code)
    how = f" ({shown})" if shown not in ("", code) else "" if shown else ", and are written without a sign"
    return f"Amounts are in {code}{how}, as the files say; those without a mark are taken to be in it too."


MISSING = "–"
MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"
SCALES = ((1e9, "bn"), (1e6, "m"), (1e3, "k"))


def is_missing(value: Any) -> bool:
    """Whether there is no number or date to show: None, NaN, NaT, or an infinity."""
    missing = value is None or value != value
    # pandas' own missing value is neither equal nor unequal to anything, and is not to be asked
    return str(missing) == "<NA>" or missing or (isinstance(value, float) and math.isinf(value))


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame, None for what is missing: pandas' own marks of it count as true, and are written "nan"."""
    names = [str(name) for name in frame.columns]
    cells = zip(*(frame[name].tolist() for name in frame.columns), strict=True)
    return [{name: None if is_missing(cell) else cell for name, cell in zip(names, row, strict=True)} for row in cells]


def or_zero(value: Any) -> Any:
    """The value, 0 in place of a missing one: for counts and sums of which nothing is none."""
    return 0 if is_missing(value) else value


def _signed(text: str, negative: bool) -> str:
    """The text with a true minus sign, but never a negative zero."""
    return f"{MINUS}{text}" if negative and any(digit in text for digit in "123456789") else text


def _dash(write: Callable[..., str]) -> Callable[..., str]:
    """The same form, with a dash where there is nothing to write."""

    @wraps(write)
    def written_or_dash(value: Any, *args: Any) -> str:
        return MISSING if is_missing(value) else write(value, *args)

    return written_or_dash


@_dash
def money(value: Any) -> str:
    """Whole units of the currency in use: 28400.4 is $28,400."""
    return _signed(f"{before_number()}{abs(value):,.0f}", value < 0)


@_dash
def money_exact(value: Any) -> str:
    """With cents: 28400.4 is $28,400.40."""
    return _signed(f"{before_number()}{abs(value):,.2f}", value < 0)


@_dash
def money_short(value: Any) -> str:
    """As people say it, for charts: 28400 is $28.4k."""
    size = abs(float(value))
    # 999,960 would otherwise read as "$1000.0k"
    scale, unit = next(((scale, unit) for scale, unit in SCALES if size >= scale * 0.99995), (1.0, ""))
    digits = f"{size / scale:.1f}" if scale > 1 else f"{size:.0f}"
    return _signed(f"{before_number()}{digits.removesuffix('.0')}{unit}", value < 0)


@_dash
def percent(value: Any, places: int = 1) -> str:
    """A share as a percentage: 0.462 is 46.2 %."""
    return _signed(f"{abs(value) * 100:,.{places}f}{NO_BREAK}%", value < 0)


def percent_whole(value: Any) -> str:
    """A share without decimals, for charts: 0.462 is 46 %."""
    return percent(value, 0)


@_dash
def percent_exact(value: Any) -> str:
    """A share with the decimals that it has, at most two: 0.9995 is 99.95 %."""
    return f"{number(float(value) * 100)}{NO_BREAK}%"


@_dash
def from_share(value: Any) -> str:
    """From which share on something holds: below nothing is always, above all never."""
    if value <= 0:
        return "always"
    return f"from {percent_whole(value)}" if value < 1 else "never"


@_dash
def points(value: Any) -> str:
    """A difference of two shares: 0.021 is +2.1 points."""
    text = f"{abs(value) * 100:.1f}{NO_BREAK}points"
    return _signed(text, value < 0) if value < 0 else f"+{text}"


@_dash
def rate(value: Any) -> str:
    """Money an hour, with cents where it has any: 92.4 is $92.40 / h, 92 is $92 / h."""
    amount = money_exact(value).removesuffix(".00")
    return f"{amount}{NO_BREAK}/{NO_BREAK}h"


@_dash
def hours(value: Any) -> str:
    """Hours as a number: 1234.56 is 1,235 h, 3.25 is 3.3 h."""
    places = 0 if abs(value) >= 100 else 1
    return _signed(f"{abs(value):,.{places}f}{NO_BREAK}h", value < 0)


@_dash
def hours_spoken(value: Any) -> str:
    """Hours as people say them: 3.333 is 3 h 20 m."""
    whole, minutes = divmod(round(abs(float(value)) * 60), 60)
    text = f"{whole:,} h {minutes:02d} m" if minutes else f"{whole:,} h"
    return _signed(text.replace(" ", NO_BREAK), value < 0)


@_dash
def lasting(value: Any) -> str:
    """Seconds as people say them: 2592 is 43 min 12 s."""
    whole, rest = divmod(round(float(value)), 3600)
    parts = [(whole, "h"), (rest // 60, "min"), (rest % 60, "s")]
    return " ".join(f"{part:,}{NO_BREAK}{unit}" for part, unit in parts if part) or f"0{NO_BREAK}s"


@_dash
def count(value: Any) -> str:
    """A whole number with thousands: 12345 is 12,345."""
    return _signed(f"{abs(value):,.0f}", value < 0)


@_dash
def number(value: Any) -> str:
    """A number with up to two decimals: 12.50 is 12.5."""
    return _signed(f"{abs(value):,.2f}".rstrip("0").rstrip("."), value < 0)


@_dash
def tenths(value: Any) -> str:
    """A number with one decimal, so that those of a column can be compared: a score of 4.1, an age of 3.0 days."""
    return _signed(f"{abs(value):,.1f}", value < 0)


@_dash
def measured(value: Any) -> str:
    """A number with up to five decimals: an uptime just under its target must not read as on it."""
    return _signed(f"{abs(value):,.5f}".rstrip("0").rstrip("."), value < 0)


@_dash
def measured_share(value: Any) -> str:
    """The same of a share, in per cent: 99.955 %."""
    return f"{measured(round(100 * value, 3))}{NO_BREAK}%"


@_dash
def months(value: Any) -> str:
    """A number of months: 1 month, 12 months."""
    return plural(value, "month")


@_dash
def days(value: Any) -> str:
    """A number of days: 1 day, 91 days."""
    return plural(value, "day")


@_dash
def month(value: Any) -> str:
    """A month by name: Jan 2026."""
    return f"{value:%b %Y}"


def months_apart(first: date, last: date) -> int:
    """How many months one month is after another."""
    return (last.year - first.year) * 12 + last.month - first.month


def months_between(first: Any, last: Any) -> str:
    """The months from one to another, both ends included: Jun 2026 – Oct 2026, or Jun 2026 alone."""
    return month(first) if month(first) == month(last) else f"{month(first)} – {month(last)}"


@_dash
def day(value: Any) -> str:
    """A date: 5 Jan 2026."""
    return f"{value.day}{NO_BREAK}{value:%b %Y}"


@_dash
def moment(value: Any) -> str:
    """A date and time: 5 Jan 2026, 14:05."""
    return f"{day(value)}, {value:%H:%M}"


@_dash
def clock(value: Any) -> str:
    """Minutes after midnight as a time of day: 540 is 09:00."""
    return f"{int(value) // 60:02d}:{int(value) % 60:02d}"


@_dash
def quarter(value: date) -> str:
    """A quarter by its first day: Q3 2025."""
    return f"Q{(value.month + 2) // 3} {value.year}"


def plural(value: Any, noun: str, many: str = "") -> str:
    """A count with its noun: 1 client, 45 clients."""
    return f"{count(value)} {noun if value == 1 else many or noun + 's'}"


def listed(words: Sequence[str]) -> str:
    """Words one after the other: a, b and c; empty where there is none."""
    *others, last = words or [""]
    return f"{', '.join(others)} and {last}" if others else last


@_dash
def text(value: Any) -> str:
    """Text as it stands; none is a dash."""
    return str(value) or MISSING


def words(value: Any) -> str:
    """A name of ours in words: amount_missing is Amount missing."""
    return text(value).replace("_", " ").capitalize()


@_dash
def yes_no(value: Any) -> str:
    """A yes or no in words."""
    return "Yes" if value else "No"


_FORMS = (
    money, money_exact, money_short, percent, percent_whole, percent_exact, from_share, points, rate, hours,
    hours_spoken, lasting, count, number, tenths, months, days, month, day, moment, clock, quarter, text, words, yes_no,
)  # fmt: skip
MONEY = ("money", "money_exact", "money_short")
FORMATS: dict[str, Callable[[Any], str]] = {form.__name__: form for form in _FORMS}


def written(value: Any, form: str) -> str:
    """The value in the form of that name; an unknown name is shown as text."""
    return FORMATS.get(form, text)(value)
