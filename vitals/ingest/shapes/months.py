"""A table of clients by month brought to one row per client and month, checked by its own totals."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Self

import pyarrow as pa

from vitals.ingest.model import Match, TextTable
from vitals.ingest.read.dates import DAY_FIRST, read_when
from vitals.ingest.read.month_captions import month_of, months_in
from vitals.ingest.read.numbers import COMMA, DOT, read_number
from vitals.ingest.read.spans import span_of
from vitals.ingest.read.texts import counted, is_empty
from vitals.ingest.recognise.captions import Evidence
from vitals.ingest.shapes.shape import (
    Cell,
    Position,
    Shape,
    column,
    place_of,
    set_aside,
    split,
    with_column,
    with_columns,
)
from vitals.ingest.table.rows import BLANK, TOTAL, TOTAL_OF

MOST_NAMED = 3
TOTALS = ("Total", "Totals", "Grand Total")

Amount = tuple[int, int, Cell]
"""Line and column of an amount, and its text."""


@dataclass(frozen=True)
class Months(Shape):
    """Amounts of clients below captions that name months, an invoice each: months = {least} number of them."""

    months: tuple[Position, ...]
    total: Position | None
    """Where their sum stands."""

    name = "months"
    place = 2
    needs_whole_table = True
    reads = ("client",)
    stands_alone = True

    @classmethod
    def is_there(cls, said: Mapping[str, Any], evidence: Evidence) -> bool:
        """Whether amounts stand below enough captions that name months."""
        places = cls._months(evidence)
        return len(places) >= said["least"] and not any(evidence.contradicts(place, "money") for place in places)

    @classmethod
    def found(cls, said: Mapping[str, Any], evidence: Evidence) -> Self:
        """The columns of the months, and that of their sum."""
        return cls(cls._months(evidence), place_of(evidence, TOTALS))

    @staticmethod
    def _months(evidence: Evidence) -> tuple[Position, ...]:
        return tuple(map(Position, months_in([caption.raw for caption in evidence.header.captions])))

    @property
    def makes(self) -> Mapping[str, tuple[int, ...]]:
        """Both the date and the amount of an invoice come from the columns of the months."""
        return dict.fromkeys(("invoiced_on", "amount"), self.months)

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """A row for each filled cell of a month; lines without any, and those that sum up others, are set aside."""
        client, months = match.columns["client"], self.months
        table = _without_empty(_with_parents(_without_sums(table, client, months), client), months)
        said = (*table.warnings, *_about_empty(table, months), *_about_totals(table, months, self.total))
        totals = _totals(table, match, months, self.total)
        return replace(_one_row_each(table, match, months), warnings=said, totals=totals), 0


def _amounts(cells: list[str | None], sign: str = DOT) -> list[Decimal | None]:
    return [None if is_empty(cell) else read_number(cell or "", sign) for cell in cells]


def _sum(cells: list[str | None], sign: str = DOT) -> Decimal:
    return sum((number for number in _amounts(cells, sign) if number is not None), Decimal())


def _lines(table: TextTable, places: Sequence[int]) -> list[list[str | None]]:
    """The cells of the months line by line."""
    return [list(cells) for cells in zip(*(column(table, place) for place in places), strict=True)]


def _without_sums(table: TextTable, client: int, places: Sequence[int]) -> TextTable:
    """The table without lines such as "Total Acme" below Acme's, and "Total sales" that is the sum of all above."""
    seen, above, sums = set[str](), Decimal(), list[bool]()
    for name, cells in zip(column(table, client), _lines(table, places), strict=True):
        closed = _closed_by(name or "")
        is_sum = bool(closed) and (closed in seen or (bool(seen) and _sum(cells) == above))
        sums.append(is_sum)
        seen |= {_folded(name)}
        above += Decimal() if is_sum else _sum(cells)
    return set_aside(table, pa.array(sums, pa.bool_()), TOTAL)


def _folded(name: str | None) -> str:
    return " ".join((name or "").split()).casefold()


def _closed_by(name: str) -> str:
    """The name of the client whose sum a line says it is; empty if it says nothing of the kind."""
    found = TOTAL_OF.fullmatch(name)
    return _folded(found["name"]) if found else ""


def _without_empty(table: TextTable, places: Sequence[int]) -> TextTable:
    empty = [all(cell is not None and is_empty(cell) for cell in cells) for cells in _lines(table, places)]
    return set_aside(table, pa.array(empty, pa.bool_()), BLANK)


def _about_empty(table: TextTable, places: Sequence[int]) -> list[str]:
    empty = sum(cell is not None and is_empty(cell) for cells in _lines(table, places) for cell in cells)
    if not empty:
        return []
    are = "is empty: it is no invoice" if empty == 1 else "are empty: they are no invoices"
    return [f"{counted(empty, 'cell')} below months {are}."]


def _about_totals(table: TextTable, places: Sequence[int], total: int | None) -> list[str]:
    """A sentence on the lines whose own total is not the sum of their months."""
    if total is None:
        return []
    lines = zip(table.rows["row_number"].to_pylist(), _lines(table, places), column(table, total), strict=True)
    wrong = [
        f"row {row} says {said}, its months {_sum(cells):,f}" for row, cells, said in lines if _differs(cells, said)
    ]
    more = f" ({len(wrong):,} such rows)" if len(wrong) > MOST_NAMED else ""
    return [f'The column "{table.header[total]}" differs: {"; ".join(wrong[:MOST_NAMED])}{more}.'] if wrong else []


def _differs(cells: list[str | None], said: str | None) -> bool:
    """Whether readable cells add up to another sum than their line says, by either decimal sign."""
    whole = [(_amounts([said], sign)[0], _sum(cells, sign)) for sign in (DOT, COMMA)]
    is_readable = all(is_empty(cell) or read_number(cell or "") is not None for cell in cells)
    return is_readable and whole[0][0] is not None and all(stated != found for stated, found in whole)


def _with_parents(table: TextTable, client: int) -> TextTable:
    """The table with "Parent:Child" for the clients that stand between a client and the line of its total."""
    numbers = table.rows["row_number"].to_pylist()
    names = dict(zip(numbers, column(table, client), strict=True))
    first = {_folded(name): number for number, name in reversed(names.items())}
    closings = {item.row_number: _first_cell(item.raw_text, table.delimiter) for item in table.set_aside}
    open_names, full = list[str](), dict[int, str | None]()
    for number in sorted({*names, *closings}, reverse=True):
        if number in closings:
            found = TOTAL_OF.fullmatch(closings[number])
            open_names += [found["name"]] if found and first.get(_folded(found["name"]), number) < number else []
            continue
        name = names[number]
        if open_names and _folded(open_names[-1]) == _folded(name):
            open_names.pop()
        full[number] = ":".join([*open_names, (name or "").strip()]) if not is_empty(name) else name
    return with_column(table, client, pa.array([full[number] for number in numbers], pa.string()))


def _first_cell(line: str, delimiter: str) -> str:
    cells = next(csv.reader([line], delimiter=delimiter or ","), [])
    return next((cell for cell in cells if cell.strip()), "")


def _filled(table: TextTable, places: Sequence[int]) -> list[Amount]:
    """The filled cells line by line; of a line that ends too early only the first that it lacks, so that it says so."""
    found: list[Amount] = []
    for line, cells in enumerate(_lines(table, places)):
        filled = [(line, place, cell) for place, cell in zip(places, cells, strict=True) if not is_empty(cell)]
        found += [(line, places[0], None)] if None in cells else filled
    return found


def _one_row_each(table: TextTable, match: Match, places: Sequence[int]) -> TextTable:
    amounts = _filled(table, places)
    days = {place: str(month_of(table.header[place])) for place in places}
    made = {
        "invoiced_on": [days[place] if cell is not None else None for _, place, cell in amounts],
        "amount": [cell for _, _, cell in amounts],
    }
    return with_columns(split(table, [line for line, _, _ in amounts]), match.columns, made)


def _totals(
    table: TextTable, match: Match, places: Sequence[int], total: int | None
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The file's grand totals as totals of the amounts: what stands below the sums, else the sum of their months."""
    place = match.columns["amount"]
    found = []
    for number, cells in table.totals:
        whole = cells[total] if total is not None else format(_sum([cells[at] for at in places]), "f")
        found.append((number, (*cells, *[""] * (place - len(cells)), whole)))
    return tuple(found)


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


def of_year(cell: Cell) -> Cell:
    """The monthly part of a year's amount; what is no number stays as it is."""
    return monthly(cell, "annual")


def months_paid(cycle: Cell) -> Cell:
    """How many whole months a billing cycle pays for, none for what is billed once; an unknown word stays as text."""
    if is_empty(cycle):
        return None
    months = months_of(cycle or "")
    if months is None:
        return cycle
    return format(max(months, Decimal(1)).quantize(Decimal(1)), "f") if months else None


DAYS_A_MONTH = 30


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
            ends = [_ends(cell) for cell in firsts]
        else:
            ends = list(zip(firsts, column(table, self.last), strict=True))
        made: dict[str, list[Cell]] = {"service_months": [_months(*days, order or DAY_FIRST) for days in ends]}
        if self.last is None:
            made["service_from"] = [first for first, _ in ends]
        return with_columns(table, match.columns, made), 0


def _ends(cell: Cell) -> tuple[Cell, Cell]:
    """The first and the last day in a cell, neither where it says that it is billed once; others stay as they are."""
    if cell is None or is_empty(cell):
        return cell, cell
    return ("", "") if months_of(cell) == 0 else (span_of(cell) or (cell, cell))


def _months(first: Cell, last: Cell, order: str) -> Cell:
    if first is None or last is None:
        return None
    if is_empty(first) or is_empty(last):
        return ""
    start, end = read_when(first, order).moment, read_when(last, order).moment
    return f"{first} to {last}" if start is None or end is None or end < start else str(months_between(start, end))
