"""Text rows become typed rows: whole columns at once, and every row that can't be read set apart with its reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitals.contract import Column, Entity
from vitals.ingest.model import Flag, LeftOut, Match, TextTable
from vitals.ingest.read.cells import ColumnReader
from vitals.ingest.read.columns import Marked, TypedColumn, arrow_type, part_of, typed_columns
from vitals.ingest.read.decisions import Decisions
from vitals.ingest.read.exchange import exchanged

FLAGS = pa.schema([("row_number", pa.int64()), ("flag", pa.string()), ("detail", pa.string())])
MISSING_WORDS = {"client": "client_missing", "money": "amount_missing", "number": "amount_missing",
                 "hours": "hours_missing", "date": "date_missing", "timestamp": "date_missing"}  # fmt: skip
SHORT_ROW, SHORT_OF_OPTIONAL = "wrong_number_of_cells", "trailing_optional_cell_missing"
LONGEST_RAW, LONGEST_DETAIL = 10_000, 200
FUTURE = "future_date"
Sums = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True)
class TypedPart:
    """The typed rows of one part of a table, and the account of the others."""

    rows: pa.Table
    quarantined: list[LeftOut]
    set_aside: list[LeftOut]
    flags: pa.Table


@dataclass(frozen=True)
class RowReader:
    """How the rows of one table are read, as it was decided for the whole file."""

    entity: Entity
    match: Match
    decisions: Decisions
    today: date

    @cached_property
    def needed(self) -> tuple[Column, ...]:
        """The columns that each row must fill."""
        return tuple(
            column
            for column in self.entity.columns
            if column.required or (column.needed_if_given and column.name in self.match.columns)
        )

    @cached_property
    def readers(self) -> dict[str, ColumnReader]:
        """How to read each mapped column; the same for every part, so that no word is read twice."""
        columns = [self.entity.column(name) for name in self.match.columns]
        return {column.name: self.decisions.reader(column, self.today, column in self.needed) for column in columns}


def _with_constant(column: Column, text: str, typed: TypedColumn | None, size: int) -> TypedColumn:
    """A column filled with one value for the whole file where it holds none itself."""
    whole = pa.chunked_array([pa.repeat(pa.scalar(text, arrow_type(column)), size)])
    return TypedColumn(pc.coalesce(typed.values, whole), typed.problems, typed.flags) if typed else TypedColumn(whole)


def _typed_columns(con: duckdb.DuckDBPyConnection, table: TextTable, reader: RowReader) -> dict[str, TypedColumn]:
    match = reader.match
    typed = typed_columns(con, reader.readers, {name: table.rows[f"c{place}"] for name, place in match.columns.items()})
    for name, text in match.constants.items():
        typed[name] = _with_constant(reader.entity.column(name), text, typed.get(name), len(table.rows))
    return typed


def _missing(reader: RowReader, table: TextTable, typed: Mapping[str, TypedColumn]) -> list[tuple[str, Marked]]:
    """Rows without a needed cell: cut short where the cell isn't there at all, else missing by the kind of column."""
    found: list[tuple[str, Marked]] = []
    places = reader.match.columns
    for column in reader.needed:
        empty = np.flatnonzero(pc.is_null(typed[column.name].values).to_numpy()) if column.name in typed else ()
        if len(empty) and column.name in places:
            absent = pc.is_null(table.rows[f"c{places[column.name]}"]).to_numpy()[empty]
            found.append((column.name, Marked(empty[absent], SHORT_ROW)))
            found.append((column.name, Marked(empty[~absent], MISSING_WORDS.get(column.kind, "id_missing"))))
    return found


def _first_problems(found: list[tuple[str, Marked]]) -> dict[int, tuple[str, str, str]]:
    """Row -> (reason, column, cell): one reason a row; a row cut short says so before anything else."""
    bad: dict[int, tuple[str, str, str]] = {}
    for name, marked in sorted(found, key=lambda item: item[1].word != SHORT_ROW):
        for place in marked.places.tolist():
            bad.setdefault(place, (marked.word, name, marked.text))
    return bad


def _sums(entity: Entity, values: Mapping[str, pa.ChunkedArray], places: Sequence[int]) -> list[Sums]:
    """The readable money and hours of rows at these places."""
    at = pa.array(places, pa.int64())
    sides = [
        values[name].take(at).to_pylist() if name in values else [None] * len(places)
        for name in (entity.money, entity.hours)
    ]
    return list(zip(*sides, strict=True))


def _raw_texts(table: TextTable, places: list[int]) -> list[str]:
    """The rows as the file has them, joined again by its own delimiter."""
    texts = table.rows.drop_columns(["row_number"]).take(pa.array(places, pa.int64()))
    lines = []
    for cells in zip(*(column.to_pylist() for column in texts.columns), strict=True):
        out = io.StringIO()
        given = [cell for cell in cells[: len(table.header)] if cell is not None]
        csv.writer(out, delimiter=table.delimiter or ",", lineterminator="").writerow(given)
        lines.append(out.getvalue()[:LONGEST_RAW])
    return lines


def _left_out(
    entity: Entity, table: TextTable, typed: Mapping[str, TypedColumn], bad: Mapping[int, tuple[str, str, str]]
) -> list[LeftOut]:
    places = sorted(bad)
    numbers = table.rows["row_number"].take(pa.array(places, pa.int64())).to_pylist()
    sums = _sums(entity, {name: item.values for name, item in typed.items()}, places)
    said = zip(places, numbers, _raw_texts(table, places), sums, strict=True)
    return [
        LeftOut(number, bad[place][0], raw, bad[place][1], bad[place][2][:LONGEST_RAW], *both)
        for place, number, raw, both in said
    ]


def left_out_rows(table: TextTable, rows: pa.Table, entity: Entity, found: Mapping[int, str]) -> list[LeftOut]:
    """Those of a table's rows that were typed and are left out all the same, each for the reason by its number."""
    left = pa.array(list(found), pa.int64())
    kept = replace(table, rows=table.rows.filter(pc.is_in(table.rows["row_number"], left)))
    numbers = kept.rows["row_number"].combine_chunks()
    typed = rows.take(pc.index_in(numbers, rows["row_number"].combine_chunks()))
    places = list(range(len(numbers)))
    sums = _sums(entity, dict(zip(typed.column_names, typed.columns, strict=True)), places)
    said = zip(numbers.to_pylist(), _raw_texts(kept, places), sums, strict=True)
    return [LeftOut(number, found[number], raw, "", "", *both) for number, raw, both in said]


def flag_table(numbers: np.ndarray, marks: list[Marked]) -> pa.Table:
    """Flags by the row numbers of the rows that they hold for."""
    parts = [
        pa.table(
            {
                "row_number": pa.array(numbers[mark.places], pa.int64()),
                "flag": pa.repeat(mark.word, len(mark.places)),
                "detail": pa.repeat(mark.text[:LONGEST_DETAIL], len(mark.places)),
            },
            schema=FLAGS,
        )
        for mark in marks
    ]
    return pa.concat_tables(parts) if parts else FLAGS.empty_table()


def flags_of(flags: tuple[Flag, ...]) -> pa.Table:
    """What reading the file noticed of its rows, as a table."""
    columns: dict[str, list[Any]] = {name: [getattr(item, name) for item in flags] for name in FLAGS.names}
    return pa.table(columns, schema=FLAGS)


def _short_rows(table: TextTable, match: Match) -> list[Marked]:
    """Rows that end before the header does, without a needed cell being lost."""
    width = len(table.header)
    made = {match.columns[name] for name, places in match.sources.items() if places}
    ends = [place for place in range(width) if table.header[place].strip() and place not in made]
    absent = np.flatnonzero(pc.is_null(table.rows[f"c{ends[-1]}"]).to_numpy()) if ends else np.array([], dtype=int)
    return [Marked(absent, SHORT_OF_OPTIONAL)] if len(absent) else []


def type_part(con: duckdb.DuckDBPyConnection, table: TextTable, reader: RowReader) -> TypedPart:
    """Type the rows of one part of a table."""
    entity, match = reader.entity, reader.match
    typed, other_currency = exchanged(
        entity, table, match, _typed_columns(con, table, reader), reader.decisions.currency
    )
    problems = [(name, mark) for name in typed for mark in typed[name].problems]
    bad = _first_problems([*problems, *_missing(reader, table, typed)])
    aside = {place: ("other_currency", "", "") for place in other_currency if place not in bad}
    numbers = table.rows["row_number"].to_numpy()
    good = np.ones(len(numbers), dtype=bool)
    good[[*bad, *aside]] = False
    rows = _rows(entity, table, typed)
    # most parts are all good, and to filter is to copy
    rows = rows if good.all() else rows.filter(pa.array(good))
    marks = [mark for item in typed.values() for mark in item.flags] + _short_rows(table, match)
    flags = [flag_table(numbers, marks), flags_of(table.flags), implausible(con, reader, rows)]
    kept = _without(pa.concat_tables(flags), pa.array(numbers[~good]))
    return TypedPart(rows, _left_out(entity, table, typed, bad), _left_out(entity, table, typed, aside), kept)


def _without(flags: pa.Table, numbers: pa.Array) -> pa.Table:
    """The flags but those of some rows."""
    return flags.filter(pc.invert(pc.is_in(flags["row_number"], numbers)))


def _rows(entity: Entity, table: TextTable, typed: Mapping[str, TypedColumn]) -> pa.Table:
    """row_number and every column of the contract, empty where the file has none."""
    size = len(table.rows)
    columns: dict[str, Any] = {"row_number": table.rows["row_number"]}
    for column in entity.columns:
        known = typed.get(column.name)
        columns[column.name] = known.values if known else pa.nulls(size, arrow_type(column))
    return pa.table(columns)


def with_content(rows: pa.Table) -> pa.Table:
    """The rows without the columns that hold nothing."""
    return rows.select([name for name in rows.column_names if rows[name].null_count < len(rows)])


def _conditions(column: Column, is_given: bool) -> dict[str, str]:
    """Flag -> condition in SQL; a column that isn't given is missing from all rows, which says nothing of one."""
    name = f'"{column.name}"'
    tests = {
        column.flag_missing: f"{name} is null" if is_given else "",
        column.flag_zero: f"{name} = 0",
        column.flag_negative: f"{name} < 0",
        column.flag_above: f"{name} > {column.most}",
        column.flag_before: f'{name} < "{column.not_before}"',
        FUTURE: f"{name} >= $tomorrow" if column.happened and is_given else "",
    }
    return {flag: test for flag, test in tests.items() if flag and test}


def _tests(reader: RowReader) -> dict[str, str]:
    """Flag -> condition in SQL."""
    found: dict[str, list[str]] = {}
    for column in reader.entity.columns:
        for flag, test in _conditions(column, column.name in reader.match.columns).items():
            found.setdefault(flag, []).append(test.replace("$tomorrow", f"(date '{reader.today}' + 1)"))
    return {flag: f"({' or '.join(tests)})" for flag, tests in found.items()}


def implausible(con: duckdb.DuckDBPyConnection, reader: RowReader, rows: pa.Table) -> pa.Table:
    """row_number, flag and detail of the rows that are readable but hard to believe: loaded, counted and listed."""
    tests = _tests(reader)
    if not tests:
        return FLAGS.empty_table()
    words = ", ".join(f"if({test}, '{flag}', null)" for flag, test in tests.items())
    with part_of(con, rows):
        return con.sql(f"""
            select row_number, unnest(list_filter([{words}], lambda flag: flag is not null)) as flag, '' as detail
            from part where {" or ".join(tests.values())}""").to_arrow_table()
