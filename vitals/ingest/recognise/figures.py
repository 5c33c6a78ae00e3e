"""What the figures of a table say of its columns: totals that stand on each line, quantities and periods."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from vitals.ingest.model import MadeColumn, Match, Question
from vitals.ingest.read.numbers import read_number
from vitals.ingest.read.spans import YEAR, is_pair, span_of
from vitals.ingest.recognise.captions import CLEARLY, Evidence, is_numeric, letters
from vitals.ingest.recognise.fit import Fit
from vitals.ingest.shapes.documents import spelled
from vitals.ingest.shapes.made import times
from vitals.ingest.shapes.months import Period, months_of
from vitals.ingest.shapes.shape import Position, with_shape

SPREAD, YES, NO = "spread_over_service_days", "yes", "no"
LOOK_AT = 5000
"""The rows whose figures are compared."""
CENT = Decimal("0.01")
MOST_FACTORS = 8
"""Of more columns of figures no pair is tried as quantity and price."""
LEAST_TOLD = 2
"""So many rows must say that figures belong together; one may be chance."""
DISCOUNT = frozenset(
    ["discount", "discounts", "rebate", "rabatt", "nachlass", "remise", "descuento", "korting", "sconto"]
)
EXCHANGE = frozenset(["exchange", "fx", "conversion", "currency", "kurs", "wechselkurs", "cambio", "forex"])
"""Words of a caption of rates of exchange, which are no quantities."""
DATES = {"date", "compact", "serial"}
FIRST = re.compile(
    "start|starts|starting|from|begin|begins|beginning|first|since|von|ab|du|desde|beginn|startdatum|debut|inicio"
    "|inicial|van|vanaf|fran|fra|od|poczatek|dal|inizio"
)
LAST = re.compile(
    "end|ends|ending|to|until|thru|through|last|finish|till|bis|au|hasta|ende|einddatum|enddatum|fin|final|tot|til|do"
    "|koniec|al|fine|fim|ate|slut"
)
WEAK = frozenset(["du", "au", "do", "al", "dal", "to"])
"""Words that may as well stand between others."""
COMPOUND = re.compile(r"\b(\w{4,}?)s?(beginn|ende|start|slut)\b")
IDLE = re.compile("date|day|on|at|the|of|datum|fecha|data|dato|de|del|da|do|du|la|le")
SPAN = re.compile(
    "service|period|billing|coverage|covered|covers|subscription|usage|licen[sc]e|support|recurring|leistung"
    "|leistungszeitraum|abrechnung|abrechnungszeitraum|zeitraum|perioden?|periodo|servicio|servico|okres|prestation"
)
"""Words of a caption that say that the days beside them are those of a service, not of a contract."""
UNSURE = frozenset(["valid", "validity", "term", "gultig", "gultigkeit", "laufzeit", "vigencia", "validez"])
"""Words of captions that may say either."""

Figure = Decimal | None


def by_figures(found: Fit) -> Fit:
    """The fit with its amounts and fees read as their figures ask for."""
    if found.entity.document in found.columns and found.entity.money in found.columns:
        _take_lines(found)
    if found.entity.has("tax") and found.columns.get(found.entity.money, found.width) < found.width:
        _take_reckoned(found)
    return found


def figures(evidence: Evidence, at: int) -> list[Figure]:
    """The numbers of a column, row by row; None for a cell that holds none."""
    cells = evidence.table.rows.column(f"c{at}").slice(0, LOOK_AT).to_pylist()
    return [read_number((cell or "").strip().rstrip("%")) for cell in cells]


def free_columns(found: Fit) -> list[int]:
    """The columns of numbers from which nothing is read."""
    used = {*found.columns.values(), *(at for places in found.sources.values() for at in places)}
    return [at for at in range(found.width) if at not in used and is_numeric(found.evidence, at)]


def where_amounts_are(found: Fit) -> int:
    """Where the amounts are read from, before any tax is taken off."""
    place, made = found.columns[found.entity.money], found.made.get(found.entity.money)
    whole = made.sources[0] if made and place >= found.width else place
    return found.width if whole is None else whole


def _take_lines(found: Fit) -> None:
    """Read a line's own amount where the one that was taken stands alike on each line of an invoice."""
    whole = where_amounts_are(found)
    documents = [] if whole >= found.width else documents_of(found)
    totals = constant_in(figures(found.evidence, whole), documents) if documents else None
    if not totals:
        return
    taxes = figures(found.evidence, found.columns["tax"]) if found.columns.get("tax", found.width) < found.width else []
    targets = [totals, [total - _tax(taxes, rows) for total, rows in zip(totals, documents, strict=True)]]
    name, weight = found.entity.money, found.weights[found.entity.money]
    for places, lines in _candidates(found):
        if any(_adds_up(lines, documents, target) for target in targets):
            found.made.pop(name, None)
            if len(places) == 1:
                found.put(name, places[0], weight)
                if found.columns.get("line_number") == places[0]:
                    del found.columns["line_number"], found.weights["line_number"]
            else:
                if found.columns[name] < found.width:
                    found.append(name, weight)
                found.made[name] = MadeColumn(times.__name__, (*places, None))
            return
    found.is_repeated = found.is_repeated or "total" in letters(found.header.captions[whole].raw)


def _take_reckoned(found: Fit) -> None:
    """Read what the amount that was taken gives with a quantity, or less a discount, where a column holds just that."""
    place, name = found.columns[found.entity.money], found.entity.money
    amounts = figures(found.evidence, place)
    words = {at: {*spelled(caption.raw).split()} for at, caption in enumerate(found.header.captions)}
    free = [
        at for at in range(found.width) if at != place and not words[at] & EXCHANGE and is_numeric(found.evidence, at)
    ]
    results = {at: figures(found.evidence, at) for at in free_columns(found)[:MOST_FACTORS]}
    for at, numbers in ((at, numbers) for at, numbers in results.items() if numbers != amounts):
        for other in (one for one in free[:MOST_FACTORS] if one != at):
            besides = figures(found.evidence, other)
            is_discount = bool(DISCOUNT & words[other])
            if _makes(amounts, besides, numbers, is_discount):
                found.made.pop(name, None)
                found.put(name, at, found.weights[name])
                return


def _makes(amounts: list[Figure], besides: list[Figure], results: list[Figure], is_discount: bool) -> bool:
    """Whether every row's amount times a quantity, or less a discount or its per cent, is its result; several tell."""
    rows = list(zip(amounts, besides, results, strict=True))
    told = 0
    for amount, beside, result in rows:
        if amount is None and result is None:
            continue
        if amount is None or beside is None or result is None:
            return False
        given = (amount - beside, amount * (1 - beside / 100)) if is_discount else (amount * beside,)
        if all(abs(number - result) > CENT for number in given):
            return False
        told += amount != result
    return told >= (1 if is_discount else LEAST_TOLD)


def documents_of(found: Fit) -> list[list[int]]:
    """The rows of each invoice; none where no invoice has several."""
    cells = found.evidence.table.rows.column(f"c{found.columns[found.entity.document]}").slice(0, LOOK_AT).to_pylist()
    rows: dict[str, list[int]] = defaultdict(list)
    for row, cell in enumerate(cells):
        rows[(cell or "").strip()].append(row)
    documents = [places for name, places in rows.items() if name]
    return documents if any(len(places) > 1 for places in documents) else []


def constant_in(numbers: list[Figure], documents: list[list[int]]) -> list[Decimal] | None:
    """The one amount of each document; None where some document has several, or none says anything."""
    totals: list[Decimal] = []
    for rows in documents:
        found = {numbers[row] for row in rows}
        if len(found) != 1 or (total := found.pop()) is None:
            return None
        totals.append(total)
    return totals if any(total and len(rows) > 1 for total, rows in zip(totals, documents, strict=True)) else None


def _tax(taxes: list[Figure], rows: list[int]) -> Decimal:
    """The tax of a document: the one that stands on each line, else the sum of the lines'."""
    found = [taxes[row] or Decimal() for row in rows] if taxes else []
    return found[0] if len(set(found)) == 1 else sum(found, Decimal())


def _candidates(found: Fit) -> Iterator[tuple[tuple[int, ...], list[Figure]]]:
    """The columns, and the products of two, that may be the lines' amounts, even what is called a line's number."""
    line = found.columns.get("line_number", found.width)
    places = [*free_columns(found), *([line] if line < found.width else [])]
    free = {at: figures(found.evidence, at) for at in places}
    yield from (((at,), numbers) for at, numbers in free.items())
    for one, other in combinations(list(free)[:MOST_FACTORS], 2):
        pairs = zip(free[one], free[other], strict=True)
        yield (one, other), [None if a is None or b is None else a * b for a, b in pairs]


def _adds_up(lines: list[Figure], documents: list[list[int]], totals: list[Decimal]) -> bool:
    """Whether the lines of each document are its total, to a cent for each line."""
    for rows, total in zip(documents, totals, strict=True):
        numbers = [lines[row] for row in rows]
        if None in numbers or abs(sum((number or Decimal() for number in numbers), Decimal()) - total) > CENT * len(
            rows
        ):
            return False
    return True


def _those(pattern: re.Pattern[str], words: Iterable[str]) -> set[str]:
    return {word for word in words if pattern.fullmatch(word)}


def _ends(words: frozenset[str]) -> tuple[set[str], set[str]]:
    """The words of a caption that say from when, and those that say until when; never both."""
    first, last = (_those(pattern, words) for pattern in (FIRST, LAST))
    if first and last:
        first, last = first - WEAK, last - WEAK
    return (first, last) if not (first and last) else (set(), set())


def with_period(evidence: Evidence, found: Match, has: Collection[str], answers: Mapping[str, str]) -> Match:
    """The match whose rows are spread over their service's days, where its last day stands beside the first.

    Days that may as well be those of a contract are asked about.
    """
    if "service_months" not in has or "service_months" in found.columns:
        return found
    period, is_sure = period_of(evidence, found.columns)
    if period is None:
        return found
    columns = dict(found.columns)
    if period.last is not None:
        columns.setdefault("service_from", int(period.first))
    elif "service_from" in columns:
        return found
    answer = answers.get(SPREAD, "").strip().casefold()
    if not is_sure and answer not in (YES, NO):
        return replace(found, questions=(*found.questions, _spread_over(evidence, period)))
    if not is_sure and answer == NO:
        return found
    return with_shape(replace(found, columns=columns), period, len(evidence.header.captions))


def _spread_over(evidence: Evidence, period: Period) -> Question:
    first, last = (evidence.header.captions[at].raw.strip() for at in (period.first, period.last or period.first))
    said = f'Are "{first}" and "{last}" the first and the last day of what each row pays for?'
    if period.last is None:
        said = (
            f'Does "{first}", such as {evidence.values(period.first)[0].strip()}, say for which months each row pays?'
        )
    return Question(
        SPREAD,
        said,
        {YES: "each amount is spread evenly over them", NO: "each amount counts in the month of its invoice"},
    )


def period_of(evidence: Evidence, columns: Mapping[str, int]) -> tuple[Period | None, bool]:
    """A service's first and last day, whose captions differ in nothing but from and to, and whether that is sure."""
    start = columns.get("service_from")
    used = {at for name, at in columns.items() if name != "service_from"}
    sides: tuple[dict[frozenset[str], int], ...] = ({}, {})
    for at, caption in enumerate(evidence.header.captions):
        words = frozenset(COMPOUND.sub(r"\1 \2", spelled(caption.raw)).split())
        if at not in used and _those(SPAN, words) and _is_range(evidence, at):
            return Period(Position(at), None), any(map(is_pair, evidence.values(at)))
        for side, marks in enumerate(_ends(words)):
            if marks and at not in used and evidence.share(at, DATES) >= CLEARLY:
                sides[side].setdefault(words - marks - _those(IDLE, words), at)
    both = [stem for stem in sides[0].keys() & sides[1].keys() if start in (None, sides[0][stem])]
    sure = {stem: bool(_those(SPAN, stem)) for stem in both if _those(SPAN, stem) or stem <= UNSURE}
    if not sure:
        return None, False
    stem = min(sure, key=lambda stem: (not sure[stem], sides[0][stem]))
    return Period(Position(sides[0][stem]), Position(sides[1][stem])), sure[stem]


def _is_range(evidence: Evidence, at: int) -> bool:
    """Whether a column holds a stretch of time in each cell, some of them more than a month."""
    filled = evidence.values(at)
    if not filled or sum(bool(span_of(text)) or months_of(text) == 0 for text in filled) < CLEARLY * len(filled):
        return False
    return any(is_pair(text) or YEAR.fullmatch(text.strip()) for text in filled)
