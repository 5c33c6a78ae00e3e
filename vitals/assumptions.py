"""The assumptions: what each is called, its default, its bounds and how a value given for it is read."""

from __future__ import annotations

import re
import tomllib
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

from vitals.errors import VitalsError

ASSUMPTIONS_FILE = Path(__file__).parent / "assumptions.toml"
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
DAY_START, DAY_END = "working_day_start", "working_day_end"
HOLIDAY_COUNTRY, DESK_TIME_ZONE = "holiday_country", "desk_time_zone"

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""The years of core.calendar."""


@dataclass(frozen=True)
class Assumption:
    """A value that stands in where the exports say nothing."""

    name: str
    label: str
    unit: str
    kind: str
    help: str
    min: float = 0.0
    max: float = 0.0
    step: float = 0.0
    default: float | None = None
    source: str = "our judgement"
    currency: str = ""
    """That for which the default of an amount was judged: it is never converted."""

    @property
    def is_text(self) -> bool:
        """Whether its value is one of several texts."""
        return self.kind in CHOICES

    @property
    def choices(self) -> Mapping[str, str]:
        """Text -> what it is called, where its value is one of several."""
        return CHOICES[self.kind]() if self.is_text else {}


@cache
def countries() -> dict[str, str]:
    """Two-letter code of ISO 3166 -> the country's name, by name."""
    # the package takes longer to start than most commands to run
    from holidays.registry import COUNTRIES

    named = {codes[1]: module.replace("_", " ").title() for module, codes in COUNTRIES.items()}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


@cache
def _zones() -> dict[str, str]:
    return {name: name for name in sorted(available_timezones()) if "/" in name or name == "UTC"}


def _coverages() -> dict[str, str]:
    return {"agreement": "covered by the client's fee", "billable": "billed on top of it"}


CHOICES: Mapping[str, Callable[[], Mapping[str, str]]] = {"country": countries, "zone": _zones, "coverage": _coverages}
"""Kind of assumption whose value is a text -> the texts that it may be."""
FEW = 5


@cache
def assumptions() -> dict[str, Assumption]:
    """Every assumption by name, in the order in which the screen lists them."""
    with ASSUMPTIONS_FILE.open("rb") as file:
        return {name: Assumption(name=name, **spec) for name, spec in tomllib.load(file).items()}


def assumption(name: str) -> Assumption:
    """The assumption of that name; VitalsError lists the names if there is none."""
    if name not in assumptions():
        raise VitalsError(f"There is no assumption named {name}.", f"There are: {', '.join(assumptions())}.")
    return assumptions()[name]


def _number(known: Assumption, text: str) -> float:
    clock = _CLOCK.fullmatch(text)
    if clock and known.kind == "clock":
        return int(clock.group(1)) * 60 + int(clock.group(2))
    percent = text.endswith("%") and known.kind == "percent"
    return float(text.removesuffix("%")) / 100 if percent else float(text)


def _choice(known: Assumption, text: str) -> str:
    found = {word.casefold(): choice for choice, called in known.choices.items() for word in (choice, called)}
    if text.casefold() not in found:
        examples = ", ".join(list(known.choices)[:FEW])
        raise VitalsError(f"{known.label}: {text!r} is not known.", f"Give a {known.unit}, such as {examples}.")
    return found[text.casefold()]


def read_value(name: str, text: str) -> float | str | None:
    """The value that text gives for the assumption: 55, 25 %, 08:30, US; empty means its default.

    Raises VitalsError if it is no number, lies outside the bounds or is none of the choices.
    """
    known = assumption(name)
    if known.is_text and text.strip():
        return _choice(known, text.strip())
    text = text.replace(" ", "")
    if not text:
        return known.default
    try:
        value = _number(known, text)
    except ValueError:
        raise VitalsError(f"{known.label}: {text!r} is not a number.", f"Give {known.unit}.") from None
    if not known.min <= value <= known.max:
        hint = f"Give a value from {known.min:g} to {known.max:g}."
        raise VitalsError(f"{known.label} can't be {text}.", hint)
    return value


def _as_clock(minutes: float) -> str:
    return f"{int(minutes) // 60:02}:{int(minutes) % 60:02}"


def check_working_day(values: Mapping[str, float]) -> None:
    """Raise VitalsError where the working day ends before it starts: no ticket would have used any time of it."""
    start, end = values[DAY_START], values[DAY_END]
    if start >= end:
        said = f"A working day from {_as_clock(start)} to {_as_clock(end)} has no hours."
        raise VitalsError(said, "Its start must come before its end: where both move, change the other one first.")


def public_holidays(country: str) -> list[tuple[date, str]]:
    """Each public holiday of a country with its name, as far as its rules are known; nothing without a country."""
    if not country:
        return []
    import holidays

    with warnings.catch_warnings():
        # of some countries only part of these years is known
        warnings.simplefilter("ignore")
        found = holidays.country_holidays(country, years=range(FIRST_YEAR, LAST_YEAR + 1))
    return sorted(found.items())
