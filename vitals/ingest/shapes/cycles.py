"""Billing cycles in words and in figures: how many months an amount pays for, and what of it is a month's."""

from __future__ import annotations

import re
from decimal import Decimal

from vitals.ingest.read.numbers import read_number
from vitals.ingest.read.texts import is_empty
from vitals.ingest.shapes.shape import Cell

MONEY_STEP = Decimal("0.0001")
SPELLED = {
    1: "monthly month mo permonth everymonth eachmonth monatlich mensuel mensuelle mensual mensile maandelijks",
    3: "quarterly quarter qtr qtrly everyquarter vierteljahrlich quartalsweise trimestriel trimestrielle trimestral",
    6: "semiannual semiannually halfyearly halfyear biannual biannually halbjahrlich semestriel semestral",
    12: "annual annually yearly year yr peryear perannum pa everyyear jahrlich annuel annuelle anual annuale jaarlijks",
    24: "biennial biennially everytwoyears twoyears",
    36: "triennial triennially everythreeyears threeyears",
}
CYCLES = {word: Decimal(months) for months, words in SPELLED.items() for word in words.split()}
"""A billing cycle in letters alone -> its months."""
ONCE = {"onetime", "once", "onetimefee", "oneoff", "single", "none", "na", "nonrecurring", "einmalig", "unique"}
COUNTED = re.compile(r"(?:every|per)?(\d{1,3})(d|days?|w|weeks?|m|mo|months?|y|yrs?|years?|)")
"""A number of units; of months where it stands alone."""
ISO = re.compile(r"p(?=\d)(?:(?P<y>\d{1,3})y)?(?:(?P<m>\d{1,3})m)?(?:(?P<w>\d{1,3})w)?")
"""A length of time by ISO 8601, in small letters: p1y6m."""
MONTHS_OF = {"m": Decimal(1), "y": Decimal(12), "w": Decimal(12) / Decimal(52)}
WEEKLY = {"weekly", "week", "perweek", "wochentlich", "hebdomadaire", "semanal"}
FORTNIGHTLY = {"fortnightly", "fortnight", "biweekly", "everytwoweeks"}


def _letters(cycle: str) -> str:
    return re.sub(r"[^a-z0-9]", "", cycle.casefold().replace("ä", "a").replace("ö", "o"))


def months_of(cycle: str) -> Decimal | None:
    """How many months a billing cycle has, 0 for what is billed once; None where the word is not known."""
    word = _letters(cycle)
    if by_iso := ISO.fullmatch(word):
        months = (MONTHS_OF[unit] * int(number) for unit, number in by_iso.groupdict().items() if number)
        return sum(months, Decimal(0)) or None
    counted = COUNTED.fullmatch(word)
    if counted:
        of_one = MONTHS_OF.get(counted[2][:1] or "m")
        return None if of_one is None else of_one * int(counted[1])
    if word in FORTNIGHTLY:
        return 2 * MONTHS_OF["w"]
    return MONTHS_OF["w"] if word in WEEKLY else Decimal(0) if word in ONCE else CYCLES.get(word)


def monthly(amount: Cell, cycle: Cell) -> Cell:
    """The monthly part of an amount that is billed once in a cycle; what is not known stays as text."""
    if is_empty(amount) or is_empty(cycle):
        return amount
    whole, months = read_number((amount or "").strip()), months_of(cycle or "")
    if whole is None or months is None:
        return f"{amount} {cycle}"
    return format((whole / months).quantize(MONEY_STEP).normalize(), "f") if months else None


def months_paid(cycle: Cell) -> Cell:
    """How many whole months a billing cycle pays for, none for what is billed once; an unknown word stays as text."""
    if is_empty(cycle):
        return None
    months = months_of(cycle or "")
    if months is None:
        return cycle
    return format(max(months, Decimal(1)).quantize(Decimal(1)), "f") if months else None
