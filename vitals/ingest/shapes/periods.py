"""What a row is paid for: the months from the first day of a service to its last, and the months of a billing cycle."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from vitals.ingest.model import Match, TextTable
from vitals.ingest.read.dates import DAY_FIRST, looks_like_date, read_when
from vitals.ingest.read.numbers import read_number
from vitals.ingest.read.texts import is_empty
from vitals.ingest.shapes.shape import Cell, Position, Shape, column, with_columns

DAYS_A_MONTH = 30
BETWEEN = re.compile(r"\s+(?:[-–—]|to|until|through|thru|bis|au|hasta)\s+|\s*[–—]\s*", re.I)
MONEY_STEP = Decimal("0.0001")
SPELLED = {
    1: "monthly month mo permonth everymonth eachmonth monatlich mensuel mensuelle mensual mensile maandelijks",
    3: "quarterly quarter qtr qtrly everyquarter vierteljahrlich quartalsweise trimestriel trimestrielle trimestral",
    6: "semiannual semiannually halfyearly halfyear biannual biannually halbjahrlich semestriel semestral",
    12: "annual annually yearly year yr peryear everyyear jahrlich annuel annuelle anual annuale jaarlijks",
    24: "biennial biennially everytwoyears twoyears",
    36: "triennial triennially everythreeyears threeyears",
}
CYCLES = {word: Decimal(months) for months, words in SPELLED.items() for word in words.split()}
"""A billing cycle in letters alone -> its months."""
ONCE = {"onetime", "once", "onetimefee", "oneoff", "single", "none", "na", "nonrecurring", "einmalig", "unique"}
COUNTED = re.compile(r"(?:every|per|p)?(\d{1,3})(d|days?|w|weeks?|m|mo|months?|y|yrs?|years?)")
MONTHS_OF = {"m": Decimal(1), "y": Decimal(12), "w": Decimal(12) / Decimal(52)}
WEEKLY = {"weekly", "week", "perweek", "wochentlich", "hebdomadaire", "semanal"}


def _letters(cycle: str) -> str:
    return re.sub(r"[^a-z0-9]", "", cycle.casefold().replace("ä", "a").replace("ö", "o"))


def months_of(cycle: str) -> Decimal | None:
    """How many months a billing cycle has, 0 for what is billed once; None where the word is not known."""
    word = _letters(cycle)
    counted = COUNTED.fullmatch(word)
    if counted:
        of_one = MONTHS_OF.get(counted[2][0])
        return None if of_one is None else of_one * int(counted[1])
    return MONTHS_OF["w"] if word in WEEKLY else Decimal(0) if word in ONCE else CYCLES.get(word)


def monthly(amount: Cell, cycle: Cell) -> Cell:
    """The monthly part of an amount that is billed once in a cycle; what is not known stays as text."""
    if is_empty(amount) or is_empty(cycle):
        return amount
    whole, months = read_number((amount or "").strip()), months_of(cycle or "")
    if whole is None or months is None:
        return f"{amount} {cycle}"
    return format((whole / months).quantize(MONEY_STEP).normalize(), "f") if months else None


def months_between(start: datetime, end: datetime) -> int:
    """How many months a service has from its first day to its last, at least one; half a month counts as one."""
    after = end + timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    return max(1, int(months + Decimal(after.day - start.day) / DAYS_A_MONTH + Decimal("0.5")))


@dataclass(frozen=True)
class Period(Shape):
    """A service that goes from one day to another: period = captions of its {first, last} day, or one of both."""

    first: Position
    last: Position | None

    name = "period"
    place = 34
    needs_whole_table = True

    @property
    def makes(self) -> Mapping[str, tuple[int, ...]]:
        """The months that the row pays for; the first of them, where both days stand in one cell."""
        if self.last is None:
            return {"service_from": (self.first,), "service_months": (self.first,)}
        return {"service_months": (self.first, self.last)}

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """The table with the months of each row; days that can't be read stay as text."""
        firsts = column(table, self.first)
        if self.last is None:
            ends = [(days_of(cell or "") or (cell, cell)) if not is_empty(cell) else (cell, cell) for cell in firsts]
        else:
            ends = list(zip(firsts, column(table, self.last), strict=True))
        made: dict[str, list[Cell]] = {"service_months": [_months(*days, order or DAY_FIRST) for days in ends]}
        if self.last is None:
            made["service_from"] = [first for first, _ in ends]
        return with_columns(table, match.columns, made), 0


def days_of(text: str) -> tuple[Cell, Cell] | None:
    """The two days that stand in one cell with a sign or a word between; None where there are none."""
    days = [day.strip() for day in BETWEEN.split(text.strip())]
    return (days[0], days[1]) if len(days) == 2 and all(map(looks_like_date, days)) else None


def _months(first: Cell, last: Cell, order: str) -> Cell:
    if first is None or last is None:
        return None
    if is_empty(first) or is_empty(last):
        return ""
    start, end = read_when(first, order).moment, read_when(last, order).moment
    return f"{first} to {last}" if start is None or end is None or end < start else str(months_between(start, end))
