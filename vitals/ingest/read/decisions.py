"""How a whole file is read: each ambiguity settled by its evidence or by the user's answer, or put as a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from decimal import Decimal

from vitals.contract import Column, Entity
from vitals.ingest.model import Match, Question, TextTable
from vitals.ingest.read.cells import ColumnReader
from vitals.ingest.read.clocks import are_evenings, are_utc, desk_of
from vitals.ingest.read.dates import CONFLICT, DAY_FIRST, MONTH_FIRST, UNKNOWN, YEAR_FIRST
from vitals.ingest.read.durations import DAY
from vitals.ingest.read.exchange import CurrencyPlan, currency_of, decide_currency
from vitals.ingest.read.numbers import AS_DECIMAL, AS_THOUSANDS, COMMA, DOT
from vitals.ingest.read.survey import Tally
from vitals.ingest.read.zones import zones_beside

ORDER_QUESTION, SIGN_QUESTION, UNIT_QUESTION = "day_or_month_first", "decimal_or_thousands", "hours_or_minutes"
DAY_QUESTION, EVENING_QUESTION, ZONE = "hours_in_a_day", "evening_or_next_day", "time_zone"
NEXT_DAY, SAME_DAY = "next", "same"
IN_UTC = (
    "Its times are in UTC, and business time is counted on that clock. If the desk's is another, set its time zone "
    "among the assumptions and load the file again."
)
LAST_DAY = 31
"""A larger number is a slip of the pen and says nothing about the order."""
LEAST_ENTRIES = 2
"""One entry alone doesn't show that a column holds minutes."""

_MINUTES = re.compile(r"\b(min|mins|minutes?|minuten|minutos)\b", re.IGNORECASE)
_SECONDS = re.compile(r"\b(secs?|seconds?|sekunden|segundos)\b", re.IGNORECASE)
_MILLISECONDS = re.compile(r"\b(ms|millis|milliseconds?|millisekunden|milisegundos)\b", re.IGNORECASE)
_BY_CAPTION = (("minutes", _MINUTES), ("seconds", _SECONDS), ("milliseconds", _MILLISECONDS))


@dataclass(frozen=True)
class Decisions:
    """How to read each column of a table, and what is still to be asked."""

    orders: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    zoned: frozenset[str] = frozenset()
    """Columns in which most times carry a zone."""
    zones: Mapping[str, int] = field(default_factory=dict)
    """Zones that go by an ambiguous name, where the file says which they are."""
    desk: tzinfo | None = None
    """The zone in which times that carry another are told; None for those as they are written."""
    is_utc: bool = False
    """Whether times are told in UTC, and nobody said in which zone the desk is."""
    day: Decimal = DAY
    """How many hours a length of a day is."""
    next_day: frozenset[str] = frozenset()
    """Date columns whose days are written as the evenings before."""
    dropped: frozenset[str] = frozenset()
    """Choice columns none of whose words the contract knows: something else goes by that caption."""
    currency: CurrencyPlan | None = None
    own_currency: str = ""
    """The one currency of the amounts as they are loaded, if anything says which."""
    questions: tuple[Question, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What of it a user has to know."""
        return (IN_UTC,) if self.is_utc else ()

    def reader(self, column: Column, today: date, is_needed: bool = False) -> ColumnReader:
        """How the cells of a column are read."""
        name = column.name
        return ColumnReader(
            column, today, is_needed, self.orders.get(name, UNKNOWN), self.signs.get(name, DOT),
            self.units.get(name, "hours"), name in self.zoned, self.zones, self.desk, self.day,
            name in self.next_day, name in self.dropped,
        )  # fmt: skip


def _evidence(parts: Counter) -> set[str]:
    """The orders that some date allows as the only one."""
    day = any(LAST_DAY >= first > 12 >= second for first, second, *_ in parts)
    month = any(LAST_DAY >= second > 12 >= first for first, second, *_ in parts)
    return {order for order, seen in ((DAY_FIRST, day), (MONTH_FIRST, month)) if seen}


def _reads_both_ways(parts: Counter) -> bool:
    """Whether some date reads both ways; dates with dots are day first wherever they are written."""
    return any(first <= 12 and second <= 12 and first != second and gap != "." for first, second, gap, _ in parts)


def _may_begin_with_years(parts: Counter) -> bool:
    """Whether all dates have years of two digits that may as well stand first.

    Of many dates few years go with many days: the number that changes more often is the day.
    """
    slashed = [(first, month, last) for first, month, gap, last in parts if gap != "."]
    is_possible = all(0 < month <= 12 and 0 < last <= LAST_DAY for _, month, last in slashed)
    firsts, _, lasts = (set(numbers) for numbers in zip(*slashed, strict=True)) if slashed else (set(), set(), set())
    return is_possible and bool(slashed) and len(lasts) >= len(firsts)


def _orders(tally: Tally, answer: str | None) -> tuple[dict[str, str], tuple[str, ...]]:
    """Each date column's order, and the orders to choose from if it must be asked."""
    seen = {name: _evidence(parts) for name, parts in tally.parts.items()}
    together = set().union(*seen.values())
    if _may_begin_with_years(sum(tally.parts.values(), Counter())):
        possible = (*(sorted(together) or (DAY_FIRST, MONTH_FIRST)), YEAR_FIRST)
        return _asked_order(seen, possible, answer)
    if len(together) == 1:
        return dict.fromkeys(seen, next(iter(together))), ()
    if together:
        return {name: next(iter(own)) if len(own) == 1 else CONFLICT for name, own in seen.items()}, ()
    must_ask = any(_reads_both_ways(parts) for parts in tally.parts.values())
    return _asked_order(seen, (DAY_FIRST, MONTH_FIRST) if must_ask else (), answer)


def _asked_order(
    names: Mapping[str, object], possible: tuple[str, ...], answer: str | None
) -> tuple[dict[str, str], tuple[str, ...]]:
    is_answered = answer in (possible or (DAY_FIRST, MONTH_FIRST))
    return dict.fromkeys(names, answer if answer and is_answered else DAY_FIRST), () if is_answered else possible


def _either(counts: Counter) -> bool:
    return any(counts[f"either {sign}"] for sign in (DOT, COMMA))


def _sign(counts: Counter, shared: Counter, is_bounded: bool) -> str:
    """A column's decimal sign by its own cells, else by the file's; '' if cells that read both ways stay open."""
    if counts[DOT] and counts[COMMA] and _either(counts) and not is_bounded:
        return ""
    for votes in (counts, shared):
        if votes[DOT] or votes[COMMA]:
            mixed = bool(votes[DOT] and votes[COMMA]) and votes is shared
            return "" if mixed and not is_bounded else (DOT if votes[DOT] >= votes[COMMA] else COMMA)
    # nobody works a thousand hours in an entry: there, a separator that could be either is the decimal sign
    return AS_DECIMAL if is_bounded else ""


def _signs(entity: Entity, tally: Tally, answer: str | None) -> tuple[dict[str, str], bool]:
    shared: Counter = sum(tally.signs.values(), Counter())
    signs, must_ask = {}, False
    for name, counts in tally.signs.items():
        sign = _sign(counts, shared, entity.column(name).kind in ("hours", "percent"))
        is_open = not sign and _either(counts)
        signs[name] = (answer if answer in (AS_DECIMAL, AS_THOUSANDS) else DOT) if is_open else sign or DOT
        must_ask = must_ask or (is_open and answer not in (AS_DECIMAL, AS_THOUSANDS))
    return signs, must_ask


def _said_unit(match: Match, header: tuple[str, ...], name: str) -> str:
    """The unit that the vendor's layout or the caption gives, else ''."""
    place = match.columns.get(name, len(header))
    caption = header[place] if place < len(header) else ""
    by_caption = [unit for unit, pattern in _BY_CAPTION if pattern.search(caption)]
    return match.units.get(name) or next(iter(by_caption), "")


def _look_like_minutes(counts: Counter) -> bool:
    """Whether most entries are over a day, or all are rounded to five and half of them are over most of one."""
    is_rounded = counts["fives"] == counts["all"] > LEAST_ENTRIES and counts["long"] * 2 >= counts["all"]
    return counts["all"] >= LEAST_ENTRIES and (counts["over"] * 2 > counts["all"] or is_rounded)


def _units(tally: Tally, match: Match, table: TextTable, answer: str | None) -> tuple[dict[str, str], bool]:
    units, must_ask = {}, False
    for name, counts in tally.sizes.items():
        said = _said_unit(match, table.header, name)
        asked = said in ("", "hours") and _look_like_minutes(counts)
        units[name] = answer if asked and answer in COUNTED else said or "hours"
        must_ask = must_ask or (asked and answer not in COUNTED)
    return units, must_ask


COUNTED = ("hours", "minutes", "seconds", "milliseconds")
"""What bare numbers of a column of hours may count."""
YEAR_TOO = "Every date reads with its year of two digits last and with its year first. What comes first?"
ASKED = {
    ORDER_QUESTION: (
        "Every date reads both as day/month and as month/day. Which comes first?",
        {DAY_FIRST: "day first", MONTH_FIRST: "month first", YEAR_FIRST: "year first"},
    ),
    SIGN_QUESTION: (
        "Numbers such as 1.234 can be a little over one or over a thousand. Is the separator a decimal sign?",
        {AS_DECIMAL: "decimal sign", AS_THOUSANDS: "thousands separator"},
    ),
    UNIT_QUESTION: (
        "Most entries of the hours column are so long that it seems to hold minutes or seconds. Which is it?",
        {unit: unit for unit in COUNTED},
    ),
    DAY_QUESTION: (
        "Lengths of time are written or counted in days. How many hours is a day?",
        {"8": "a working day of eight hours", "7.5": "a working day of seven and a half", "24": "a day and a night"},
    ),
    EVENING_QUESTION: (
        "Every date carries the same hour of the evening, which is how the midnight of another time zone looks. "
        "Which day is meant?",
        {NEXT_DAY: "the day that begins then", SAME_DAY: "the day as it is written"},
    ),
}


def _question(name: str, answer: str, possible: tuple[str, ...]) -> Question:
    """A question that is open, with a word on the answer that was given if it is none."""
    sentence, known = ASKED[name]
    choices = {choice: known[choice] for choice in possible or known}
    sentence = YEAR_TOO if YEAR_FIRST in choices else sentence
    said = f' "{answer}" is no answer: it is {" or ".join(choices)}.' if answer else ""
    return Question(name, sentence + said, choices)


def _dropped(tally: Tally) -> frozenset[str]:
    return frozenset(name for name, counts in tally.choices.items() if not counts[True])


def _evenings(tally: Tally) -> frozenset[str]:
    return frozenset(name for name, clocks in tally.clocks.items() if are_evenings(clocks))


def _is_open(name: str, answers: Mapping[str, str]) -> bool:
    return answers.get(name) not in ASKED[name][1]


def _counts_days(tally: Tally, units: Mapping[str, str]) -> bool:
    """Whether lengths of time are written in days, or counted in them."""
    return bool(tally.days) or "days" in units.values()


def _told(settled: Decisions, tally: Tally, answers: Mapping[str, str]) -> Decisions:
    """What is decided, with by whose clock times are told and how long a day is."""
    is_said = _counts_days(tally, settled.units) and not _is_open(DAY_QUESTION, answers)
    zones, zone = zones_beside(tally.zone_names), answers.get(ZONE, "")
    return replace(
        settled,
        zones=zones,
        desk=desk_of(tally.zoned, zones, zone),
        is_utc=not zone and are_utc(tally.zoned, zones),
        day=Decimal(answers[DAY_QUESTION]) if is_said else DAY,
        next_day=_evenings(tally) if answers.get(EVENING_QUESTION) == NEXT_DAY else frozenset(),
    )


def decide(
    entity: Entity, table: TextTable, match: Match, tally: Tally, answers: Mapping[str, str], known: str = ""
) -> Decisions:
    """Settle what the tally settles and what the answers settle; the rest becomes questions. The currency of the
    files before is known."""
    orders, possible = _orders(tally, answers.get(ORDER_QUESTION))
    signs, ask_sign = _signs(entity, tally, answers.get(SIGN_QUESTION))
    units, ask_unit = _units(tally, match, table, answers.get(UNIT_QUESTION))
    by_caption = match.constants.get("currency", "")
    money = decide_currency(tally, answers, by_caption, known)
    asked = {
        ORDER_QUESTION: bool(possible), SIGN_QUESTION: ask_sign, UNIT_QUESTION: ask_unit,
        DAY_QUESTION: _counts_days(tally, units) and _is_open(DAY_QUESTION, answers),
        EVENING_QUESTION: bool(_evenings(tally)) and _is_open(EVENING_QUESTION, answers),
    }  # fmt: skip
    questions = [
        _question(name, answers.get(name, ""), possible if name == ORDER_QUESTION else ())
        for name, holds in asked.items()
        if holds
    ]
    zoned = frozenset(name for name, counts in tally.zones.items() if counts[True] > counts[False])
    plan = money if isinstance(money, CurrencyPlan) else None
    own, more = currency_of(tally, by_caption, plan), (money,) if isinstance(money, Question) else ()
    settled = Decisions(orders, signs, units, zoned, dropped=_dropped(tally), currency=plan, own_currency=own)
    return _told(replace(settled, questions=(*questions, *more)), tally, answers)
