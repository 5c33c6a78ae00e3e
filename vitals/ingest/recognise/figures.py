"""What the figures of a table say of its columns: totals that stand on each line, rates of tax, cycles and periods."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from vitals.ingest.model import MadeColumn, Match, Question
from vitals.ingest.read.numbers import looks_like_number, read_number
from vitals.ingest.recognise.captions import CLEARLY, Evidence, letters
from vitals.ingest.recognise.fit import Fit
from vitals.ingest.recognise.guess import figures_of
from vitals.ingest.shapes.documents import spelled
from vitals.ingest.shapes.made import net_of_rate, times, without_tax
from vitals.ingest.shapes.months import Period, days_of, monthly, months_of
from vitals.ingest.shapes.shape import Position, with_shape

SPREAD, YES, NO = "spread_over_service_days", "yes", "no"
LOOK_AT = 5000
"""The rows whose figures are compared."""
CENT = Decimal("0.01")
MOST_RATES, HIGHEST_RATE = 6, 30
PLAUSIBLE = (Decimal("0.02"), Decimal("0.35"))
"""Between which shares of a net amount a tax lies."""
MOST_FACTORS = 8
"""Of more columns of figures no pair is tried as quantity and price."""
DATES = {"date", "compact", "serial"}
FIRST = re.compile("start|starts|starting|from|begin|begins|beginning|first|since|von|ab|du|desde")
LAST = re.compile("end|ends|ending|to|until|thru|through|last|finish|till|bis|au|hasta")
IDLE = re.compile("date|day|on|at|the|of|datum|fecha|de")
CYCLE = re.compile("cycle|frequency|interval|recurrence|periodicity|period|term|billed|billing")
SPAN = re.compile(
    "service|period|billing|coverage|covered|covers|subscription|usage|licen[sc]e|support|recurring|leistung"
    "|leistungszeitraum|abrechnungszeitraum|zeitraum|periode|periodo|servicio"
)
"""Words of a caption that say that the days beside them are those of a service, not of a contract."""

Figure = Decimal | None


def by_figures(found: Fit) -> Fit:
    """The fit with its amounts, taxes and fees read as their figures ask for."""
    if found.entity.document in found.columns and found.entity.money in found.columns:
        _take_lines(found)
    if found.entity.has("tax") and found.columns.get("tax", found.width) < found.width:
        _take_rate(found)
    if found.entity.has("monthly_fee") and found.columns.get("monthly_fee", 0) < found.width:
        _take_cycle(found)
    return found


def figures(evidence: Evidence, at: int) -> list[Figure]:
    """The numbers of a column, row by row; None for a cell that holds none."""
    cells = evidence.table.rows.column(f"c{at}").slice(0, LOOK_AT).to_pylist()
    return [read_number((cell or "").strip().rstrip("%")) for cell in cells]


def _free(found: Fit) -> list[int]:
    """The columns of numbers from which nothing is read."""
    used = {*found.columns.values(), *(at for places in found.sources.values() for at in places)}
    return [at for at in range(found.width) if at not in used and _is_numeric(found.evidence, at)]


def _is_numeric(evidence: Evidence, at: int) -> bool:
    """Whether a column holds numbers, some of which may look like days."""
    filled = evidence.values(at)
    return bool(filled) and sum(looks_like_number(text.strip()) for text in filled) >= CLEARLY * len(filled)


def _whole(found: Fit) -> int:
    """Where the amounts are read from, before any tax is taken off."""
    place, made = found.columns[found.entity.money], found.made.get(found.entity.money)
    whole = made.sources[0] if made and place >= found.width else place
    return found.width if whole is None else whole


def _take_lines(found: Fit) -> None:
    """Read a line's own amount where the one that was taken stands alike on each line of an invoice."""
    whole = _whole(found)
    documents = [] if whole >= found.width else _documents(found)
    totals = _constant(figures(found.evidence, whole), documents) if documents else None
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
            else:
                if found.columns[name] < found.width:
                    found.append(name, weight)
                found.made[name] = MadeColumn(times.__name__, (*places, None))
            return
    found.is_repeated = found.is_repeated or "total" in letters(found.header.captions[whole].raw)


def _documents(found: Fit) -> list[list[int]]:
    """The rows of each invoice; none where no invoice has several."""
    cells = found.evidence.table.rows.column(f"c{found.columns[found.entity.document]}").slice(0, LOOK_AT).to_pylist()
    rows: dict[str, list[int]] = defaultdict(list)
    for row, cell in enumerate(cells):
        rows[(cell or "").strip()].append(row)
    documents = [places for name, places in rows.items() if name]
    return documents if any(len(places) > 1 for places in documents) else []


def _constant(numbers: list[Figure], documents: list[list[int]]) -> list[Decimal] | None:
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
    """The columns, and the products of two, that may be the lines' amounts."""
    free = {at: figures(found.evidence, at) for at in _free(found)}
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


def _take_rate(found: Fit) -> None:
    """Read no money from a column of tax that holds rates; a total is net once the tax at that rate is taken off."""
    place, name = found.columns["tax"], found.entity.money
    whole = _whole(found)
    totals = figures(found.evidence, whole) if whole < found.width else []
    if not _are_rates(found.evidence, place, totals):
        return
    del found.columns["tax"], found.weights["tax"]
    made = found.made.get(name)
    if made and made.function == without_tax.__name__:
        found.made[name] = replace(made, function=net_of_rate.__name__)


def _are_rates(evidence: Evidence, place: int, totals: list[Figure]) -> bool:
    """Whether numbers are rates: few and small, alike beside amounts that differ, or no share of them."""
    texts = [text.strip() for text in evidence.values(place)]
    taxes = figures(evidence, place)
    filled = [number for number in taxes if number]
    if not filled or not min(filled) > 0 or max(filled) > HIGHEST_RATE or len(set(filled)) > MOST_RATES:
        return False
    if any(text.endswith("%") for text in texts):
        return True
    pairs = [(tax, total) for tax, total in zip(taxes, totals, strict=False) if tax and total and total != tax]
    shares = [(tax / (total - tax)).quantize(CENT) for tax, total in pairs]
    if len(set(shares)) > len(set(filled)):
        return True
    return bool(shares) and not any(PLAUSIBLE[0] <= share <= PLAUSIBLE[1] for share in shares)


def _take_cycle(found: Fit) -> None:
    """Bring amounts that are billed once in a cycle to the month, unless their caption says that they are monthly."""
    used = {*found.columns.values(), *(at for places in found.sources.values() for at in places)}
    cycle = next((at for at in range(found.width) if at not in used and _is_cycle(found.evidence, at)), None)
    fees = [at for at in _free(found) if figures_of(found.evidence, at) == "money"]
    place = found.columns.get("monthly_fee", fees[0] if len(fees) == 1 else None)
    if cycle is None or place is None or {"month", "mrr"} & _stems(found.header.captions[place].raw):
        return
    found.append("monthly_fee", found.weights.get("monthly_fee", 1.0))
    found.made["monthly_fee"] = MadeColumn(monthly.__name__, (place, cycle))


def _stems(caption: str) -> set[str]:
    return {word.removesuffix("ly") for word in spelled(caption).split()}


def _is_cycle(evidence: Evidence, at: int) -> bool:
    """Whether a column's words are billing cycles; by its caption one that is known is enough."""
    words = {text.strip() for text in evidence.values(at)}
    known = sum(months_of(word) is not None for word in words)
    is_said = bool(
        {"cycle", "frequency", "interval", "recurrence", "periodicity"}
        & {*spelled(evidence.header.captions[at].raw).split()}
    )
    return bool(words) and (known >= CLEARLY * len(words) or (is_said and known > 0)) and not _are_numbers(words)


def _those(pattern: re.Pattern[str], words: Iterable[str]) -> set[str]:
    return {word for word in words if pattern.fullmatch(word)}


def _are_numbers(words: set[str]) -> bool:
    return all(read_number(word) is not None for word in words)


def with_period(evidence: Evidence, found: Match, has: Collection[str], answers: Mapping[str, str]) -> Match:
    """The match whose rows are spread over their service's days, where its last day stands beside the first.

    Days that may as well be those of a contract are asked about.
    """
    if "service_months" not in has or "service_months" in found.columns:
        return found
    period, is_sure = _period(evidence, found)
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
    return Question(
        SPREAD,
        f'Are "{first}" and "{last}" the first and the last day of what each row pays for, over which it is earned?',
        {YES: "each amount is spread over its months", NO: "each amount counts in the month of its invoice"},
    )


def _period(evidence: Evidence, found: Match) -> tuple[Period | None, bool]:
    """A service's first and last day, whose captions differ in nothing but from and to, and whether that is sure."""
    start = found.columns.get("service_from")
    used = {at for name, at in found.columns.items() if name != "service_from"}
    sides: tuple[dict[frozenset[str], int], ...] = ({}, {})
    for at, caption in enumerate(evidence.header.captions):
        words = frozenset(spelled(caption.raw).split())
        if at not in used and _those(SPAN, words) and _is_range(evidence, at):
            return Period(Position(at), None), True
        for side, pattern in enumerate((FIRST, LAST)):
            if (marks := _those(pattern, words)) and at not in used and evidence.share(at, DATES) >= CLEARLY:
                sides[side].setdefault(words - marks - _those(IDLE, words), at)
    both = [stem for stem in sides[0].keys() & sides[1].keys() if start in (None, sides[0][stem])]
    stems = sorted(
        (stem for stem in both if not stem or _those(SPAN, stem)), key=lambda stem: (not stem, sides[0][stem])
    )
    if not stems:
        return None, False
    return Period(Position(sides[0][stems[0]]), Position(sides[1][stems[0]])), bool(stems[0])


def _is_range(evidence: Evidence, at: int) -> bool:
    """Whether a column holds two days in each cell, the first and the last."""
    filled = evidence.values(at)
    return bool(filled) and sum(bool(days_of(text)) for text in filled) >= CLEARLY * len(filled)
