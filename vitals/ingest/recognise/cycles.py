"""How long what is paid or agreed lasts: the cycle that an amount pays for, and the day on which something ended."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal

from vitals.ingest.model import MadeColumn, Match, Question
from vitals.ingest.read.texts import counted, is_empty
from vitals.ingest.recognise.captions import CLEARLY, Evidence, is_numeric
from vitals.ingest.recognise.figures import free_columns, period_of
from vitals.ingest.recognise.fit import Fit
from vitals.ingest.recognise.guess import figures_of
from vitals.ingest.shapes.documents import LastDay, spelled
from vitals.ingest.shapes.months import monthly, months_of, months_paid
from vitals.ingest.shapes.shape import Position, with_shape

PAID_FOR, ONE = "months_paid_for", "one"
CYCLE = frozenset([
    "cycle", "frequency", "interval", "recurrence", "periodicity", "abrechnungszyklus", "abrechnungsintervall",
    "abrechnungszeitraum", "zahlungsweise", "turnus", "frequence", "periodicite", "frecuencia", "periodicidad",
])  # fmt: skip
BILLED = frozenset(["billing", "billed", "bill", "invoicing", "invoiced", "invoice", "payment", "charge", "charged"])
SPAN = frozenset(["period", "term", "plan", "schedule", "type", "months", "month"])
"""Words of a caption that say how often something is billed, beside one of billing."""
BESIDE = frozenset(["recurring", "fee", "price", "agreement", "contract", "subscription", "of", "the", "in", "every"])
NEVER = frozenset(["notice", "renewal", "renew", "renews", "warranty", "review", "visit", "backup"])
"""Words of captions of other lengths of time."""
WHICH_ENDS, EARLIER = "which_column_is_ends_on", "earlier"
ENDED = frozenset([
    "cancelled", "canceled", "cancellation", "cancelation", "terminated", "termination", "left", "lost", "churn",
    "churned", "discontinued", "departed", "offboarded", "deactivated", "ended", "gekundigt", "kundigung",
    "kundigungsdatum", "beendet", "austritt", "austrittsdatum", "resilie", "resiliee", "resiliation", "opgezegd",
    "opzegdatum", "beeindigd", "baja", "rescision", "cancelado", "cancelada", "cancelacion", "cancelamento",
    "rescindido", "uppsagd", "uppsagt", "avslutad", "opsagt", "ophort", "wypowiedziano", "rozwiazano", "disdetta",
])  # fmt: skip
"""Words of a caption that say of the day below it that something ended then, before its time perhaps."""
BEFORE_END = frozenset([
    "notice", "noticed", "request", "requested", "received", "deadline", "reason", "by", "invoice", "billing", "ticket",
    "kundigungsfrist", "frist", "earliest", "latest", "next", "last", "contact", "review", "warranty",
])  # fmt: skip
"""Words of captions of other days, such as the one on which notice was given."""
DATES = {"date", "compact", "serial"}
HALF = 0.5
EXAMPLES = 3


def take_cycle(found: Fit, answers: Mapping[str, str]) -> list[Question]:
    """Read amounts as those of the months that a billing cycle beside them says; asked about where it may be another.

    A column of "12 months" may as well tell how long an agreement lasts, or how often a client is visited.
    """
    place, evidence = _place(found), found.evidence
    if place is None:
        return []
    said = [at for at in _unused(found) if _is_said(evidence, at)]
    if said and not found.entity.has("service_months"):
        _bring(found, place, said[0])
        return []
    cycles = said if found.entity.has("service_months") else [at for at in _unused(found) if _is_length(evidence, at)]
    cycles = [at for at in cycles if _changes(evidence, at)]
    answer = answers.get(PAID_FOR, "").casefold()
    chosen = next((at for at in cycles if answer == str(at + 1)), None)
    if chosen is None:
        return [_paid_for(found, place, cycles)] if cycles and answer != ONE else []
    _bring(found, place, chosen)
    return []


def holds_cycle(found: Fit) -> bool:
    """Whether a column that nothing is read from says how often something is billed, as lists of agreements do."""
    return any(_is_said(found.evidence, at) for at in _unused(found))


def _bring(found: Fit, place: int, cycle: int) -> None:
    if found.entity.has("service_months"):
        found.append("service_months")
        found.made["service_months"] = MadeColumn(months_paid.__name__, (cycle,))
    else:
        found.append("monthly_fee", found.weights.get("monthly_fee", 1.0))
        found.made["monthly_fee"] = MadeColumn(monthly.__name__, (place, cycle))


def _place(found: Fit) -> int | None:
    """The column of the amounts that may be those of several months; none where something else tells their months."""
    if found.entity.has("service_months"):
        is_told = "service_months" in found.columns or period_of(found.evidence, found.columns)[0] is not None
        return None if is_told else found.columns.get(found.entity.money)
    if not found.entity.has("monthly_fee") or found.columns.get("monthly_fee", 0) >= found.width:
        return None
    fees = [at for at in free_columns(found) if figures_of(found.evidence, at) == "money"]
    place = found.columns.get("monthly_fee", fees[0] if len(fees) == 1 else None)
    is_monthly = place is not None and {"month", "mrr"} & _stems(found.header.captions[place].raw)
    return None if is_monthly else place


def _unused(found: Fit) -> list[int]:
    used = {*found.columns.values(), *(at for places in found.sources.values() for at in places)}
    return [at for at in range(found.width) if at not in used]


def _stems(caption: str) -> set[str]:
    return {word.removesuffix("ly") for word in spelled(caption).split()}


def _is_said(evidence: Evidence, at: int) -> bool:
    """Whether a column's caption says how often something is billed, and of nothing else how often it comes."""
    words = {*spelled(evidence.header.captions[at].raw).split()}
    is_cycle = bool(words & CYCLE) or bool(words & BILLED and (words & SPAN or words <= BILLED))
    is_counted = not is_numeric(evidence, at) or bool(words & {"month", "months"})
    return is_cycle and words <= CYCLE | BILLED | SPAN | BESIDE and is_counted and bool(evidence.values(at))


def _is_length(evidence: Evidence, at: int) -> bool:
    """Whether a column's words are lengths of time; of bare numbers only the caption can say so."""
    words = {text.strip() for text in evidence.values(at)}
    caption = {*spelled(evidence.header.captions[at].raw).split()}
    if caption & NEVER or is_numeric(evidence, at):
        return bool(caption & CYCLE and not caption & NEVER)
    return sum(months_of(word) is not None for word in words) >= HALF * len(words)


def _changes(evidence: Evidence, at: int) -> bool:
    """Whether any of a column's words stands for more or less than a month."""
    words = evidence.table.rows.column(f"c{at}").unique().to_pylist()
    return any(months_of(word or "") not in (None, Decimal(0), Decimal(1)) for word in words)


def _paid_for(found: Fit, place: int, cycles: list[int]) -> Question:
    captions = found.header.captions
    amount = captions[place].raw.strip() if place < found.width else "amount"
    choices = {ONE: "one month: the amounts stand as they are"}
    for at in cycles:
        examples = "; ".join([*dict.fromkeys(found.evidence.values(at))][:EXAMPLES])
        choices[str(at + 1)] = f'as many as "{captions[at].raw.strip()}" says: {examples}'
    return Question(PAID_FOR, f'How many months does each "{amount}" pay for?', choices)


def with_last_day(evidence: Evidence, found: Match, has: Collection[str], answers: Mapping[str, str]) -> Match:
    """The match that reads on which day something ended, though another column says until when it was to last.

    Where a row says two days, it is asked which of them ends it.
    """
    width = len(evidence.header.captions)
    stated = found.columns.get("ends_on")
    others = [at for at in found.unused if _says_ended(evidence, at)]
    if "ends_on" not in has or not others or (stated is not None and stated >= width):
        return found
    places = others if stated is None else [stated, *others]
    answer = answers.get(WHICH_ENDS, "").casefold().removeprefix("column").strip()
    chosen = places[0] if len(places) == 1 else next((at for at in places if answer == str(at + 1)), None)
    if chosen is not None:
        return replace(found, columns={**found.columns, "ends_on": chosen}).with_unused(width)
    both = _apart(evidence, places)
    if both and answer != EARLIER:
        return replace(found, questions=(*found.questions, _which_ends(evidence, places, both)))
    return with_shape(found, LastDay(tuple(map(Position, places))), width)


def _says_ended(evidence: Evidence, at: int) -> bool:
    words = {*spelled(evidence.header.captions[at].raw).split()}
    return bool(words & ENDED and not words & BEFORE_END) and evidence.share(at, DATES) >= CLEARLY


def _apart(evidence: Evidence, places: Collection[int]) -> int:
    """How many rows say several days."""
    rows = zip(*(evidence.table.rows.column(f"c{at}").to_pylist() for at in places), strict=True)
    return sum(len({cell.strip() for cell in cells if cell and not is_empty(cell)}) > 1 for cells in rows)


def _which_ends(evidence: Evidence, places: Collection[int], rows: int) -> Question:
    called = {at: evidence.header.captions[at].raw.strip() for at in places}
    named = " and ".join(f'"{caption}"' for caption in called.values())
    alone = {str(at + 1): f'column {at + 1}: "{caption}" alone' for at, caption in called.items()}
    sentence = f"{named} say different days in {counted(rows, 'row')}: on which of them did it end?"
    return Question(WHICH_ENDS, sentence, {EARLIER: "the earlier of them", **alone})
