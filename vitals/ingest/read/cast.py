"""Text rows become typed rows: whole columns at once, and every row that can't be read set apart with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitals.contract import Column, Entity
from vitals.ingest.model import Flag, LeftOut, Match, TextTable
from vitals.ingest.read import bulk
from vitals.ingest.read.balance import LONGEST_RAW, left_out_sums, raw_texts
from vitals.ingest.read.cells import Cell
from vitals.ingest.read.decisions import Decisions
from vitals.ingest.read.exchange import exchanged
from vitals.ingest.read.plausible import implausible
from vitals.ingest.read.residue import Marked, TypedColumn, arrow_type, complete, is_varied

FLAGS = pa.schema([("row_number", pa.int64()), ("flag", pa.string()), ("detail", pa.string())])
MISSING_WORDS = {"client": "client_missing", "money": "amount_missing", "number": "amount_missing",
                 "hours": "hours_missing", "date": "date_missing", "timestamp": "date_missing"}  # fmt: skip
SHORT_ROW, SHORT_OF_OPTIONAL = "wrong_number_of_cells", "trailing_optional_cell_missing"
LONGEST_DETAIL = 200


@dataclass(frozen=True)
class Part:
    """The typed rows of one part of a table, and the account of the others."""

    rows: pa.Table
    quarantined: tuple[LeftOut, ...]
    set_aside: tuple[LeftOut, ...]
    flags: pa.Table


def needed_columns(entity: Entity, match: Match) -> tuple[Column, ...]:
    """The columns that each row must fill: the entity's own, and when a ticket was opened if the file says it."""
    also = {"opened_at"} if entity.name == "tickets" and "opened_at" in match.columns else set()
    return tuple(column for column in entity.columns if column.required or column.name in also)


def cells_of(entity: Entity, match: Match, decisions: Decisions, today: date) -> dict[str, Cell]:
    """How to read each mapped column."""
    needed = {column.name for column in needed_columns(entity, match)}
    return {name: Cell(entity.column(name), decisions, today, name in needed) for name in match.columns}


@dataclass(frozen=True)
class Manner:
    """How the rows of one table are to be read, as it was decided for the whole file."""

    entity: Entity
    match: Match
    decisions: Decisions
    today: date

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """How to read each mapped column; the same for every part, so that no word is read twice."""
        return cells_of(self.entity, self.match, self.decisions, self.today)


def _bulk_values(
    con: duckdb.DuckDBPyConnection, table: TextTable, match: Match, cells: Mapping[str, Cell]
) -> dict[str, pa.ChunkedArray]:
    """The clean cells of dates and of columns in which most cells differ; of others each distinct cell is read."""
    texts = {name: table.rows[f"c{match.columns[name]}"] for name in cells}
    dates = {name: bulk.iso_dates(cell, texts[name]) for name, cell in cells.items()}
    found = {name: values for name, values in dates.items() if values is not None}
    varied = {name: cell for name, cell in cells.items() if name not in found and is_varied(texts[name])}
    return {**found, **bulk.cast(con, varied, texts)}


def _with_constant(column: Column, text: str, typed: TypedColumn | None, size: int) -> TypedColumn:
    """A column filled with one value for the whole file where it holds none itself."""
    whole = pa.chunked_array([pa.repeat(pa.scalar(text, arrow_type(column)), size)])
    return TypedColumn(pc.coalesce(typed.values, whole), typed.problems, typed.flags) if typed else TypedColumn(whole)


def _typed_columns(
    con: duckdb.DuckDBPyConnection, entity: Entity, table: TextTable, match: Match, cells: Mapping[str, Cell]
) -> dict[str, TypedColumn]:
    cast = _bulk_values(con, table, match, cells)
    typed = {
        name: complete(cell, table.rows[f"c{match.columns[name]}"], cast.get(name)) for name, cell in cells.items()
    }
    for name, text in match.constants.items():
        typed[name] = _with_constant(entity.column(name), text, typed.get(name), len(table.rows))
    return typed


def _missing(
    entity: Entity, match: Match, table: TextTable, typed: Mapping[str, TypedColumn]
) -> list[tuple[str, Marked]]:
    """Rows without a needed cell: cut short where the cell isn't there at all, else missing by the kind of column."""
    found: list[tuple[str, Marked]] = []
    for column in needed_columns(entity, match):
        empty = np.flatnonzero(pc.is_null(typed[column.name].values).to_numpy()) if column.name in typed else ()
        if len(empty) and column.name in match.columns:
            absent = pc.is_null(table.rows[f"c{match.columns[column.name]}"]).to_numpy()[empty]
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


def _left_out(
    entity: Entity, table: TextTable, typed: Mapping[str, TypedColumn], bad: Mapping[int, tuple[str, str, str]]
) -> list[LeftOut]:
    places = sorted(bad)
    numbers = table.rows["row_number"].take(pa.array(places, pa.int64())).to_pylist()
    sums = left_out_sums(entity, {name: item.values for name, item in typed.items()}, places)
    said = zip(places, numbers, raw_texts(table, places), sums, strict=True)
    return [
        LeftOut(number, bad[place][0], raw, bad[place][1], bad[place][2][:LONGEST_RAW], *both)
        for place, number, raw, both in said
    ]


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


def from_reader(flags: tuple[Flag, ...]) -> pa.Table:
    """The reader's own flags as a table."""
    columns: dict[str, list[Any]] = {name: [getattr(item, name) for item in flags] for name in FLAGS.names}
    return pa.table(columns, schema=FLAGS)


def _short_rows(table: TextTable, match: Match) -> list[Marked]:
    """Rows that end before the header does, without a needed cell being lost."""
    width = len(table.header)
    made = {match.columns[name] for name, rule in match.rules.items() if ":" in rule and name in match.columns}
    ends = [place for place in range(width) if table.header[place].strip() and place not in made]
    absent = np.flatnonzero(pc.is_null(table.rows[f"c{ends[-1]}"]).to_numpy()) if ends else np.array([], dtype=int)
    return [Marked(absent, SHORT_OF_OPTIONAL)] if len(absent) else []


def type_part(con: duckdb.DuckDBPyConnection, table: TextTable, manner: Manner) -> Part:
    """Type the rows of one part of a table."""
    entity, match = manner.entity, manner.match
    typed = _typed_columns(con, entity, table, match, manner.cells)
    typed, other_currency = exchanged(entity, table, match, typed, manner.decisions.currency)
    problems = [(name, mark) for name in typed for mark in typed[name].problems]
    bad = _first_problems([*problems, *_missing(entity, match, table, typed)])
    aside = {place: ("other_currency", "", "") for place in other_currency if place not in bad}
    numbers = table.rows["row_number"].to_numpy()
    good = np.ones(len(numbers), dtype=bool)
    good[[*bad, *aside]] = False
    rows = _rows(entity, table, typed)
    # most parts are all good, and to filter is to copy
    rows = rows if good.all() else rows.filter(pa.array(good))
    marks = [mark for item in typed.values() for mark in item.flags] + _short_rows(table, match)
    flags = pa.concat_tables(
        [flag_table(numbers, marks), from_reader(table.flags), implausible(con, entity, match, rows, manner.today)]
    )
    flags = flags.filter(pc.invert(pc.is_in(flags["row_number"], pa.array(numbers[~good]))))
    return Part(rows, tuple(_left_out(entity, table, typed, bad)), tuple(_left_out(entity, table, typed, aside)), flags)


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
