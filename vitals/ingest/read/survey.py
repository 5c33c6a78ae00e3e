"""What all cells of a file say together about how to read each: day or month first, decimal sign, unit, currency."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from vitals.contract import Column, Entity
from vitals.ingest.model import Match, TextTable
from vitals.ingest.read.columns import PART, is_varied, part_of
from vitals.ingest.read.dates import CLOCK_SQL, ISO, ZONED, ZONED_SQL, moments, numeric_parts, parts_sql
from vitals.ingest.read.durations import counts_days
from vitals.ingest.read.numbers import CENTS, COMMA, DOT, currency_named, decimal_sign, take_apart
from vitals.ingest.read.texts import read_choice

Counts = dict[str, Counter]


def _counts() -> Counts:
    return {}


@dataclass
class Tally:
    """What the cells of one table say together about how each is to be read, counted on part by part."""

    rows: int = 0
    """How many rows were seen, totals and damaged ones among them."""
    has_rows: bool = False
    """Whether anything but titles and totals stands below the header."""
    parts: Counts = field(default_factory=_counts)
    """Date column -> (first number, second number, what stands between, last number) -> cells."""
    zones: Counts = field(default_factory=_counts)
    """Timestamp column -> whether a zone is given -> cells."""
    zone_names: Counter = field(default_factory=Counter)
    """Zones by name, in all columns."""
    zoned: set[str] = field(default_factory=set)
    """Times with a zone: one for each zone and day, in all columns."""
    clocks: Counts = field(default_factory=_counts)
    """Date column -> time of day as written, '' for none -> cells."""
    days: set[str] = field(default_factory=set)
    """Hours columns in which some length is written in days."""
    signs: Counts = field(default_factory=_counts)
    """Number column -> decimal sign, or 'either .' and 'either ,' -> cells."""
    marks: Counts = field(default_factory=_counts)
    """Money column -> currency as marked in the cell -> cells."""
    codes: Counter = field(default_factory=Counter)
    """Currency column's codes."""
    sizes: Counts = field(default_factory=_counts)
    """Hours column -> 'all', 'over' a day, 'long' or multiples of 'fives' -> cells with bare numbers."""
    choices: Counts = field(default_factory=_counts)
    """Choice column -> whether the contract knows the word -> cells."""


DATES, NUMBERS = ("date", "timestamp"), ("money", "hours", "percent", "number", "integer")
NAME = re.compile(r"[A-Z]{2,5}$")
HOURS_A_DAY, LONG = 24, 15
"""An entry over the first is no day's work; of the second there are few."""
SHAPES = f"""
    select any_value(cell), count(*)
    from (
        select {{cell}} as cell, regexp_full_match({{cell}}, '{{clean}}') as is_clean
        from {PART} where {{cell}} is not null)
    group by if(is_clean, if(contains(cell, '.'), '9.9', '9'), translate(cell, '0123456789', '9999999999')),
        not is_clean and regexp_matches(cell, '(^|[^0-9])0[.,][0-9][0-9][0-9]')
    limit 5000"""
PARTS = """
    select found.a::integer, found.b::integer, found.gap, found.last::integer, count(*) from (
        select {parts} as found from {part})
    where found.a <> '' group by all"""
ZONED_DAYS = f"""
    select any_value({{cell}}) from {PART} where regexp_matches({{cell}}, '{ZONED_SQL}')
    group by regexp_extract({{cell}}, '{ZONED_SQL}', 1), left(trim({{cell}}), 10) limit 2000"""
CLOCKS = f"""
    select regexp_extract({{cell}}, '{CLOCK_SQL}') as clock, count(*)
    from {PART} where {{cell}} is not null and {{cell}} <> '' group by clock limit 4"""
SIZES = f"""
    select count(*) filter (abs(number) > {HOURS_A_DAY}), count(number), count(*) filter (abs(number) >= {LONG}),
        count(*) filter (number % 5 = 0)
    from (select try_cast(replace({{cell}}, ',', '.') as double) as number from {PART})"""


def _sign_of(body: str) -> str | None:
    try:
        sign = decimal_sign(body)
    except ValueError:
        return None
    return sign if sign is not None else f"either {DOT if DOT in body else COMMA}"


def _add_number(tally: Tally, column: Column, example: str, cells: int) -> None:
    written = take_apart(example.rstrip("% "))
    sign = _sign_of(written.body) if written else None
    if written and sign is not None:
        tally.signs.setdefault(column.name, Counter())[sign] += cells
        if column.kind == "money":
            tally.marks.setdefault(column.name, Counter())[written.currency] += cells


def _bare(text: str) -> float | None:
    """The size of a bare number; None if the text is none."""
    try:
        return abs(float(text.replace(COMMA, DOT)))
    except ValueError:
        return None


@dataclass(frozen=True)
class Cells:
    """One column's cells of one part: examples of each way of writing, with how many are written so."""

    con: duckdb.DuckDBPyConnection
    rows: pa.Table
    name: str
    examples: list[tuple[str, int]]
    is_each: bool
    """Whether the examples are all the distinct cells."""

    def sizes(self) -> Counter:
        """How many bare numbers are over 24, how many there are, and how many are long or multiples of five."""
        if not self.is_each:
            return Counter(
                dict(zip(("over", "all", "long", "fives"), self._counted(SIZES.format(cell=self.name))[0], strict=True))
            )
        counts: Counter = Counter()
        for text, cells in self.examples:
            if (size := _bare(text)) is not None:
                marks = {"over": size > HOURS_A_DAY, "all": True, "long": size >= LONG, "fives": size % 5 == 0}
                counts.update({mark: cells for mark, holds in marks.items() if holds})
        return counts

    def parts(self) -> Iterator[tuple[int, int, str, int, int]]:
        """The numbers of each date that doesn't say which is the day, what stands between, and how many there are."""
        found = [(numeric_parts(text.strip()), cells) for text, cells in self.examples]
        if self.is_each:
            yield from ((*parts, cells) for parts, cells in found if parts)
        elif any(parts for parts, _ in found):
            yield from self._counted(PARTS.format(parts=parts_sql(self.name), part=PART))

    def zoned_days(self) -> set[str]:
        """Times with a zone, one for each zone and day."""
        if self.is_each:
            return {text for text, _ in self.examples if ZONED.search(text.strip())}
        return {text for (text,) in self._counted(ZONED_DAYS.format(cell=self.name))}

    def clocks(self) -> Counter:
        """A few of the times of day that stand behind days, '' for none, with how many there are."""
        return Counter(dict(self._counted(CLOCKS.format(cell=self.name))))

    def _counted(self, query: str) -> list[tuple]:
        with part_of(self.con, self.rows):
            return self.con.execute(query).fetchall()


def _cells(con: duckdb.DuckDBPyConnection, rows: pa.Table, name: str, clean: str) -> Cells:
    if not is_varied(rows[name]):
        counted = rows[name].combine_chunks().value_counts().to_pylist()
        pairs = [(item["values"], item["counts"]) for item in counted if item["values"] is not None]
        return Cells(con, rows, name, pairs, is_each=True)
    rows = rows.select([name])
    with part_of(con, rows):
        found = con.execute(SHAPES.format(cell=name, clean=clean)).fetchall()
    return Cells(con, rows, name, found, is_each=False)


def _add_numbers(tally: Tally, column: Column, cells: Cells) -> None:
    for example, count in cells.examples:
        _add_number(tally, column, example, count)
    if column.kind == "hours":
        tally.days.update({column.name} if any(counts_days(text) for text, _ in cells.examples) else ())
        tally.sizes.setdefault(column.name, Counter()).update(cells.sizes())


def _add_dates(tally: Tally, column: Column, cells: Cells) -> None:
    zones = tally.zones.setdefault(column.name, Counter())
    for example, count in cells.examples:
        if any(letter.isdigit() for letter in example):
            found = ZONED.search(example.strip())
            zones[bool(found)] += count
            if found and (name := NAME.search(found[0])):
                tally.zone_names[name[0]] += count
    if zones[True]:
        tally.zoned |= cells.zoned_days()
    if column.kind == "date":
        tally.clocks.setdefault(column.name, Counter()).update(cells.clocks())
    for *numbers, count in cells.parts():
        tally.parts.setdefault(column.name, Counter())[tuple(numbers)] += count


def _add_iso(con: duckdb.DuckDBPyConnection, tally: Tally, column: Column, rows: pa.Table, name: str) -> bool:
    """Count dates that say all about themselves, and nothing of a zone; false if some don't."""
    found = moments(rows[name])
    if found is not None:
        tally.zones.setdefault(column.name, Counter())[False] += len(found) - found.null_count
        if column.kind == "date" and (pc.max(pc.binary_length(rows[name])).as_py() or 0) > len("2026-01-31"):
            clocks = Cells(con, rows, name, [], is_each=False).clocks()
            tally.clocks.setdefault(column.name, Counter()).update(clocks)
    return found is not None


def _add_words(tally: Tally, column: Column, cells: Cells) -> None:
    for word, count in cells.examples:
        if column.name == "currency" and (code := currency_named(word)):
            tally.codes[code] += count
        reading = read_choice(word, column) if column.kind == "choice" else None
        if reading and (reading.value or reading.problem):
            tally.choices.setdefault(column.name, Counter())[bool(reading.value)] += count


def _add_total(tally: Tally, name: str, texts: list[str]) -> None:
    """Count the currency of a column's totals: some reports mark it nowhere else."""
    written = [take_apart(text) for text in texts]
    marks = Counter(found.currency for found in written if found and found.currency)
    if marks:
        tally.marks.setdefault(name, Counter()).update(marks)


def add_part(con: duckdb.DuckDBPyConnection, tally: Tally, entity: Entity, table: TextTable, match: Match) -> None:
    """Count the cells of one part of a table."""
    for name, place in match.columns.items():
        column = entity.column(name)
        if column.kind in NUMBERS:
            _add_numbers(tally, column, _cells(con, table.rows, f"c{place}", CENTS))
            if column.kind == "money":
                _add_total(tally, name, [texts[place] for _, texts in table.totals if place < len(texts)])
        elif column.kind in DATES and not _add_iso(con, tally, column, table.rows, f"c{place}"):
            _add_dates(tally, column, _cells(con, table.rows, f"c{place}", ISO))
        elif column.kind == "choice" or name == "currency":
            _add_words(tally, column, _cells(con, table.rows, f"c{place}", CENTS))
