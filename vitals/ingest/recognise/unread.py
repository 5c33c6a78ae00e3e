"""Columns of amounts and durations from which a reading reads nothing, by what they hold and what they are called."""

from __future__ import annotations

import re
from typing import Literal

from vitals.contract import Entity, entities
from vitals.ingest.read.durations import read_hours
from vitals.ingest.read.numbers import looks_like_number, take_apart
from vitals.ingest.recognise.captions import CLEARLY, Evidence, Header
from vitals.ingest.recognise.fit import Fit
from vitals.ingest.shapes.documents import spelled

Figures = Literal["", "hours", "money"]
"""What the figures of a column are; nothing where it holds none, or none that count."""

LEAST_DAYS, LOOK_AT = 3, 30
HOURS = re.compile(
    r"hours?|hrs?|h|durations?|dur|efforts?|minutes?|mins?|secs?|seconds?|logged|spent|worked|time|times|units?"
    r"|stunden|std|dauer|zeit|heures?|duree|temps|horas?|duracion|tiempo|hodiny|godziny|uren|ore|timer|timmar"
)
MONEY = re.compile(
    r"amounts?|totals?|subtotals?|prices?|revenue|fees?|charges?|cents?|pence|sales|net|gross|sum|billed|invoiced|paid"
    r"|values?|worth|betrag|summe|netto|montant|importe|castka|kwota|bedrag|importo|belop"
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
    return {at: kind for at in places if (kind := figures_of(found.evidence, at))}


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
