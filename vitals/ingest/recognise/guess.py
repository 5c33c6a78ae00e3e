"""A reading completed by captions that fit many things, where the values agree: never taken without a question."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Literal

from vitals.contract import Column, Entity, entities
from vitals.ingest.model import MadeColumn
from vitals.ingest.read.durations import read_hours
from vitals.ingest.read.numbers import looks_like_number, read_number, take_apart
from vitals.ingest.recognise.captions import CLEARLY, DAYS_WORKED, Evidence, Header, is_numeric, letters
from vitals.ingest.recognise.fit import GUESS, GUESSED, Fit
from vitals.ingest.shapes.documents import spelled
from vitals.ingest.shapes.made import from_cents, times
from vitals.ingest.shapes.months import of_year

NEARLY = 0.82
KEYS = {"id", "number", "no", "nr", "key", "ref", "reference", "case", "caseid", "request", "requestid", "issuekey"}
"""What a record's number is often called, which alone says nothing of what it numbers."""
ENOUGH = 3
CENTS = {"cents", "cent", "pence", "minor"}
OTHER_SCALE = re.compile(
    r"[(\[]k[)\]]|\bin k\b"
    r"|\bthousands?\b|\b000s?\b|\bmillions?\b|\bk[$€£]|[$€£]k\b|\b(?:[kt]|tsd\.? ?)(?:eur|usd|gbp)\b|\bhh?\.mm\b"
    r"|\b(?:month(?:ly)?|week(?:ly)?|day|daily) (?:salary|wages?|pay|rate|cost)\b"
    r"|\b(?:salary|wages?|pay|rate|cost)\b.*\b(?:month|week|day)\b"
    r"|\b(?:contract|agreement|total|lifetime|deal)(?: contract| agreement)? value\b|\btcv\b|\bacv\b",
    re.I,
)
"""Captions of figures that are not of the whole amount, the whole hour, the year or the hour, or of all years."""
OF_A_YEAR = frozenset(["annual", "annually", "yearly", "year", "arr", "annum", "jahrlich", "annuel", "anual"])
DATES = {"date", "compact", "serial"}
BY_HINT = 0.4


def guess(found: Fit) -> Fit | None:
    """The fit completed by captions that are misspelt, nearly alike or general; None if a needed column still lacks."""
    guessed = completed(found)
    return None if guessed.missing or _repeats_key(guessed) else guessed


def completed(found: Fit) -> Fit:
    """The fit with whatever else its captions and values may be taken for, needed columns first."""
    guessed = replace(
        found, layout=GUESSED, columns={**found.columns}, weights={**found.weights}, units={**found.units},
        made={**found.made}, doubts={**found.doubts},
    )  # fmt: skip
    for name in found.missing:
        _fill(guessed, found.entity.column(name))
    figures = (found.entity.hours, found.entity.money)
    for column in found.entity.columns:
        if column.name not in guessed.columns and (column.hints or column.name in figures):
            _take(guessed, column, _hinted(guessed, column), BY_HINT)
    if found.entity.money and found.entity.money not in guessed.columns:
        _take_product(guessed)
    if found.entity.has("monthly_fee") and "monthly_fee" not in guessed.columns:
        _take_twelfth(guessed)
    return guessed


def _repeats_key(found: Fit) -> bool:
    """Whether what would number the rows stands in several of them."""
    name = found.entity.key[0]
    place = found.columns.get(name, found.width)
    return len(found.entity.key) == 1 and place < found.width and not _is_unique(found, place)


def _fill(guessed: Fit, column: Column) -> None:
    """Map a needed column by a caption that is nearly its own, that hints at it, or by the only values that fit."""
    position = _nearest(guessed, column)
    if position is None and column.kind == "id" and len(guessed.columns) >= ENOUGH:
        position = _key(guessed)
    places = [position] if position is not None else _hinted(guessed, column) or _only_date(guessed, column)
    # a price alone is not the amount, though its caption comes near
    places = [at for at in places if column.kind != "money" or not is_unit_price(guessed.evidence, at)]
    _take(guessed, column, places, GUESS)


def _take(guessed: Fit, column: Column, places: list[int], weight: float) -> None:
    """Map a column to the first of these; several that may be it are asked about."""
    # an amount in thousands, and hours with minutes behind a dot, are not what their digits say
    places = [at for at in places if not OTHER_SCALE.search(guessed.header.captions[at].raw)]
    if not places:
        return
    guessed.put(column.name, places[0], weight)
    if len(places) > 1:
        guessed.doubts[column.name] = places
    elif CENTS & {*spelled(guessed.header.captions[places[0]].raw).split()}:
        guessed.append(column.name, weight)
        guessed.made[column.name] = MadeColumn(from_cents.__name__, (places[0],))


def _take_product(guessed: Fit) -> None:
    """Make the amount of the one quantity and the one price of a piece that stand beside each other."""
    numeric = [at for at in _free(guessed) if is_numeric(guessed.evidence, at)]
    prices = [at for at in numeric if is_unit_price(guessed.evidence, at)]
    counts = [at for at in numeric if at not in prices and QUANTITY & _spelt(guessed.evidence, at)]
    if len(prices) == len(counts) == 1:
        guessed.append(guessed.entity.money, BY_HINT)
        guessed.made[guessed.entity.money] = MadeColumn(times.__name__, (counts[0], prices[0], None))


def _take_twelfth(guessed: Fit) -> None:
    """Make the monthly fee of the one amount that is called a year's."""
    yearly = [at for at in _free(guessed) if is_of_year(guessed.evidence, at)]
    if len(yearly) == 1:
        guessed.append("monthly_fee", BY_HINT)
        guessed.made["monthly_fee"] = MadeColumn(of_year.__name__, (yearly[0],))


def _free(guessed: Fit) -> list[int]:
    taken = {*guessed.columns.values(), *(at for places in guessed.sources.values() for at in places)}
    return [at for at, caption in enumerate(guessed.header.captions) if at not in taken and caption.full]


def _nearest(found: Fit, column: Column) -> int | None:
    scored = [
        (_likeness(found.header.captions[at].bare, column), -at)
        for at in _free(found)
        if found.header.captions[at].bare and not found.evidence.contradicts(at, column.kind)
    ]
    likeness, position = max(scored, default=(0.0, 0))
    return -position if likeness >= NEARLY else None


def _key(found: Fit) -> int | None:
    """The column that numbers the rows by a name that fits any record: each of its values stands once."""
    return next((at for at in _free(found) if found.header.captions[at].full in KEYS and _is_unique(found, at)), None)


def _is_unique(found: Fit, at: int) -> bool:
    values = found.evidence.values(at)
    return len(set(values)) == len(values) > 0


def _likeness(bare: str, column: Column) -> float:
    """How nearly a caption is one of the column's own; 0 where it is none, which is seen by its letters alone."""
    pairs = (SequenceMatcher(None, bare, letters(name)) for name in (column.name, *column.captions))
    near = (pair for pair in pairs if pair.real_quick_ratio() >= NEARLY and pair.quick_ratio() >= NEARLY)
    return max((pair.ratio() for pair in near), default=0.0)


def _hinted(found: Fit, column: Column) -> list[int]:
    """The columns whose captions hold the words of a hint, or whose figures are of the kind."""
    free = _free(found)
    if column.name in (found.entity.money, found.entity.hours):
        alike = [at for at in free if figures_of(found.evidence, at) == column.kind]
        return [at for at in alike if not is_unit_price(found.evidence, at)]
    for hint in column.hints:
        words = {*hint.split()}
        at = next((at for at in free if words <= {*spelled(found.header.captions[at].raw).split()}), None)
        if at is not None and _agrees(found, at, column):
            return [at]
    return []


def _agrees(found: Fit, at: int, column: Column) -> bool:
    is_key = column.kind == "id" and column.name in found.entity.key and len(found.entity.key) == 1
    is_other = column.kind not in ("money", "number") and is_unit_price(found.evidence, at)
    return not is_other and not found.evidence.contradicts(at, column.kind) and (not is_key or _is_unique(found, at))


def _only_date(found: Fit, column: Column) -> list[int]:
    """The one column of dates that nothing else is read from, for a date of what happened."""
    dated = [at for at in _free(found) if found.evidence.share(at, DATES) >= CLEARLY]
    return dated if column.kind in ("date", "timestamp") and column.happened and len(dated) == 1 else []


QUANTITY = frozenset([
    "qty", "quantity", "seats", "users", "units", "count", "licenses", "licences", "devices", "endpoints",
    "subscriptions", "menge", "anzahl", "quantite", "cantidad", "aantal", "quantita", "ilosc", "mnozstvi",
])  # fmt: skip
PRICE = frozenset(["price", "rate", "fee", "charge", "preis", "prix", "precio", "prijs", "prezzo", "cena", "tarif"])
PIECE = frozenset([
    "unit", "per", "each", "seat", "user", "device", "endpoint", "license", "licence", "piece", "einzelpreis",
    "stuck", "stueck", "unitaire", "unitario", "je", "pro", "por", "par",
])  # fmt: skip
HOURLY = frozenset(["hour", "hourly", "hr", "hrs", "day", "daily", "month", "year", "annum"])
FEES = frozenset(["fee", "fees", "mrr", "retainer", "recurring", "monthly", "month", "subscription", "rent"])


def _spelt(evidence: Evidence, at: int) -> set[str]:
    return {*spelled(evidence.header.captions[at].raw).split()}


def is_unit_price(evidence: Evidence, at: int) -> bool:
    """Whether a column holds what one piece costs, which is no amount before it is multiplied."""
    words = _spelt(evidence, at)
    if not words & PRICE or words & HOURLY:
        return False
    return bool(words & PIECE or (words <= PRICE and _stand_by_quantity(evidence))) and is_numeric(evidence, at)


def _stand_by_quantity(evidence: Evidence) -> bool:
    """Whether a column counts pieces, so that a price beside it is that of one."""
    counts = [at for at in range(len(evidence.header.captions)) if QUANTITY & _spelt(evidence, at)]
    return any(is_numeric(evidence, at) for at in counts)


def is_of_year(evidence: Evidence, at: int) -> bool:
    """Whether a column holds amounts of a year."""
    words = _spelt(evidence, at)
    is_money = any(MONEY.fullmatch(word) for word in words) or "arr" in words
    return bool(words & OF_A_YEAR) and is_money and is_numeric(evidence, at)


def is_fee(evidence: Evidence, at: int) -> bool:
    """Whether a column of figures holds what a client pays again and again, or for each piece."""
    return bool(_spelt(evidence, at) & FEES) or is_unit_price(evidence, at)


Figures = Literal["", "hours", "money"]
"""What the figures of a column are; nothing where it holds none, or none that count."""

LEAST_DAYS, LOOK_AT, MOST_DAYS = 3, 30, 5
HOURS = re.compile(
    r"hours?|hrs?|h|durations?|dur|efforts?|minutes?|mins?|secs?|seconds?|logged|spent|worked|time|times|units?"
    r"|stunden|std|dauer|zeit|heures?|duree|temps|horas?|duracion|tiempo|hodiny|godziny|uren|ore|timer|timmar"
)
MONEY = re.compile(
    r"amounts?|totals?|subtotals?|prices?|revenue|fees?|charges?|cents?|pence|sales|net|gross|sum|billed|invoiced|paid"
    r"|values?|worth|debits?|credits?|soll|haben|retainers?|mrr|betrag|summe|netto|montant|importe|castka|kwota|bedrag|importo|belop"
    r"|nettobelo[bp]|belob|valor|suma|summa|totale?|totaal|brutto|bruto|imponibile|imponible|honorar|preco|cifra"
)
CLOCK = re.compile(
    r"responses?|repl(?:y|ies)|resolution|resolve|sla|age|elapsed|wait|waiting|due|target|first|overdue|open|pause"
    r"|calendar|average|avg|score|start|end|begin|finish|stop|created?|closed?|at|from|to|zone|stamp|last"
)
"""Words of moments, and of times that nobody worked."""
PLANNED = re.compile(
    r"included|weekly|week|capacity|budget(?:ed)?|estimat\w*|planned|remaining|balance|limit|annual|yearly|std|standard"
    r"|contracted|per|rates?|users?|seats?|count|number|employees|days?"
)
"""Words of figures that are agreed or planned, and that no sum is made of."""
RATE = re.compile("costs?|pay|wages?|prices?|charge|fee")
"""Words that beside an hour are of what it costs."""
DAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b.*|(?:mo|di|mi|do|fr|sa|so)\b\.?(?:\W*\d.*)?"
    r"|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b.*",
    re.I,
)


def figures_of(evidence: Evidence, at: int) -> Figures:
    """What a column's figures are; looked at once."""
    if at not in evidence.figures:
        evidence.figures[at] = _figures_of(evidence, at)
    return evidence.figures[at]


def _figures_of(evidence: Evidence, at: int) -> Figures:
    """What a column's figures are: durations by how they are written, amounts by their mark, else by the caption."""
    if evidence.header.captions[at].full in DAYS_WORKED:
        return "hours" if _are_days_of_work(evidence.values(at, LOOK_AT)) else ""
    words = spelled(evidence.header.captions[at].raw).split()
    if any(CLOCK.fullmatch(word) or PLANNED.fullmatch(word) for word in words):
        return ""
    if any(HOURS.fullmatch(word) for word in words) and any(RATE.fullmatch(word) for word in words):
        return ""
    texts = [text.strip() for text in evidence.values(at, LOOK_AT)]
    if not texts:
        return ""
    numbers = [text for text in texts if looks_like_number(text)]
    durations = sum(read_hours(text) is not None for text in texts if text not in numbers)
    if durations >= CLEARLY * len(texts):
        return "hours"
    if len(numbers) < CLEARLY * len(texts):
        return ""
    caption = evidence.header.captions[at]
    return _of_numbers(numbers, words, bool(caption.unit or DAY.fullmatch(caption.raw.strip())))


def _are_days_of_work(texts: list[str]) -> bool:
    """Whether numbers of days are about as many as a line of work has, and not a week or a month to pay in."""
    numbers = [read_number(text.strip()) for text in texts]
    few = sum(number is not None and abs(number) <= MOST_DAYS for number in numbers)
    return few >= CLEARLY * len(numbers) > 0


def _of_numbers(numbers: list[str], words: list[str], has_unit: bool) -> Figures:
    marked = [written for text in numbers if (written := take_apart(text)) and written.currency]
    if marked or (any(MONEY.fullmatch(word) for word in words) and not any(_counts_hours(word) for word in words)):
        return "money"
    return "hours" if has_unit or any(HOURS.fullmatch(word) for word in words) else ""


def _counts_hours(word: str) -> bool:
    """Whether a word is of hours and of nothing else: a total may be one of both."""
    return bool(HOURS.fullmatch(word)) and not MONEY.fullmatch(word)


def unread(found: Fit) -> dict[int, Figures]:
    """The columns of figures from which a reading that has no sum of its own reads nothing."""
    entity = found.entity
    if {entity.money, entity.hours} & (found.columns.keys() - {""}):
        return {}
    sources = {at for places in found.sources.values() for at in places}
    used = {*found.columns.values(), *sources, *(at for shape in found.shapes for at in shape.uses)}
    known = {at for caption in found.layout.ignore for at in found.header.find(caption)}
    places = [at for at in range(found.width) if at not in used | known]
    kinds: dict[int, Figures] = {at: figures_of(found.evidence, at) for at in places}
    yearly = {at for at in places if entity.has("monthly_fee") and is_of_year(found.evidence, at)}
    return {
        at: kind or "money" for at, kind in kinds.items() if kind or at in yearly or is_unit_price(found.evidence, at)
    }


def owner(kind: Figures) -> Entity:
    """The entity that is nothing without figures of that kind."""
    return next(
        entity for entity in entities().values()
        if any(column.name == getattr(entity, kind) for column in entity.required)
    )  # fmt: skip


def days_in(header: Header) -> list[int]:
    """The columns that are called by days of a week, as in a sheet of hours by day; none where they are few."""
    found = [at for at, caption in enumerate(header.captions) if DAY.fullmatch(caption.raw.strip())]
    return found if len(found) >= LEAST_DAYS else []
