"""What all cells of a file say together about how to read each: day or month first, decimal sign, unit, currency."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

import duckdb

from vitals.contract import Column, Entity
from vitals.ingest.dates import numeric_parts
from vitals.ingest.model import Match, TextTable
from vitals.ingest.numbers import COMMA, DOT, decimal_sign, take_apart
from vitals.ingest.scratch import PART, part_of
from vitals.ingest.texts import read_choice

DATES, NUMBERS = ("date", "timestamp"), ("money", "hours", "percent", "number", "integer")
_ZONE = r"(?:Z|(?![AP]M$)[A-Z]{2,5}|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d\d)?)"
ZONED = re.compile(rf"\d:\d\d(?::\d\d(?:[.,]\d+)?)? ?(?:[AaPp]\.?[Mm]\.? )?{_ZONE}$")
MOST_SHAPES = 5000
SHAPES = f"""
    select any_value({{cell}}), count(*) from {PART} where {{cell}} is not null
    group by translate({{cell}}, '0123456789', '9999999999'), regexp_matches({{cell}}, '(^|[^0-9])0[.,][0-9][0-9][0-9]')
    limit {MOST_SHAPES}"""
BOTH = r"^\s*(\d\d?)([-/. ])(\d\d?)[-/. ](?:\d\d\d\d|\d\d)(?:\D|$)"
PARTS = f"""
    select found.a::integer, found.b::integer, found.gap, count(*) from (
        select regexp_extract({{cell}}, '{BOTH}', ['a', 'gap', 'b']) as found from {PART})
    where found.a <> '' group by all"""
OVER_A_DAY = f"""
    select count(*) filter (abs(try_cast({{cell}} as double)) > 24), count(try_cast({{cell}} as double)) from {PART}"""
DISTINCT = f"select {{cell}}, count(*) from {PART} where {{cell}} is not null group by all limit {MOST_SHAPES}"

Counts = dict[str, Counter]


def _counts() -> Counts:
    return {}


@dataclass(frozen=True)
class Profile:
    """Counts by column, added up part by part."""

    parts: Counts = field(default_factory=_counts)
    """Date column -> (first number, second number, what stands between) -> cells."""
    zones: Counts = field(default_factory=_counts)
    """Timestamp column -> whether a zone is given -> cells."""
    signs: Counts = field(default_factory=_counts)
    """Number column -> decimal sign, or 'either .' and 'either ,' -> cells."""
    marks: Counts = field(default_factory=_counts)
    """Money column -> currency as marked in the cell -> cells."""
    codes: Counter = field(default_factory=Counter)
    """Currency column's codes."""
    over_a_day: Counts = field(default_factory=_counts)
    """Hours column -> 'over' and 'all' -> cells with bare numbers."""
    choices: Counts = field(default_factory=_counts)
    """Choice column -> whether the contract knows the word -> cells."""


def _sign_of(body: str) -> str | None:
    try:
        sign = decimal_sign(body)
    except ValueError:
        return None
    return sign if sign is not None else f"either {DOT if DOT in body else COMMA}"


def _add_number(profile: Profile, column: Column, example: str, cells: int) -> None:
    written = take_apart(example.rstrip("% "))
    sign = _sign_of(written.body) if written else None
    if written and sign is not None:
        profile.signs.setdefault(column.name, Counter())[sign] += cells
        if column.kind == "money":
            profile.marks.setdefault(column.name, Counter())[written.currency] += cells


def _add_numbers(con: duckdb.DuckDBPyConnection, profile: Profile, column: Column, cell: str) -> None:
    for example, cells in con.execute(SHAPES.format(cell=cell)).fetchall():
        _add_number(profile, column, example, cells)
    if column.kind == "hours":
        over, bare = con.execute(OVER_A_DAY.format(cell=cell)).fetchall()[0]
        profile.over_a_day.setdefault(column.name, Counter()).update(over=over, all=bare)


def _add_dates(con: duckdb.DuckDBPyConnection, profile: Profile, column: Column, cell: str) -> None:
    shapes = con.execute(SHAPES.format(cell=cell)).fetchall()
    zones = profile.zones.setdefault(column.name, Counter())
    for example, cells in shapes:
        if any(letter.isdigit() for letter in example):
            zones[bool(ZONED.search(example.strip()))] += cells
    if any(numeric_parts(example.strip()) for example, _ in shapes):
        counted = profile.parts.setdefault(column.name, Counter())
        for first, second, gap, cells in con.execute(PARTS.format(cell=cell)).fetchall():
            counted[first, second, gap] += cells


def _add_words(con: duckdb.DuckDBPyConnection, profile: Profile, column: Column, cell: str) -> None:
    for word, cells in con.execute(DISTINCT.format(cell=cell)).fetchall():
        if column.name == "currency" and word.strip():
            profile.codes[word.strip().upper()] += cells
        reading = read_choice(word, column) if column.kind == "choice" else None
        if reading and (reading.value or reading.problem):
            profile.choices.setdefault(column.name, Counter())[bool(reading.value)] += cells


def add_part(con: duckdb.DuckDBPyConnection, profile: Profile, entity: Entity, table: TextTable, match: Match) -> None:
    """Count the cells of one part of a table into the profile."""
    with part_of(con, table.rows):
        for name, place in match.columns.items():
            column, cell = entity.column(name), f"c{place}"
            if column.kind in NUMBERS:
                _add_numbers(con, profile, column, cell)
            elif column.kind in DATES:
                _add_dates(con, profile, column, cell)
            elif column.kind == "choice" or name == "currency":
                _add_words(con, profile, column, cell)
