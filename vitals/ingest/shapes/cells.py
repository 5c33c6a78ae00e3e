"""The cells of a table of text, read and changed column by column, and its rows set aside."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from vitals.ingest.model import LeftOut, TextTable

Cell = str | None
TEXT_LIMIT = 10_000
SPLIT_STEP = 10_000_000_000
"""Rows split off a line keep its number and add this, so that every row number stays its own."""


def column(table: TextTable, position: int) -> list[Cell]:
    """The cells of a column as Python strings."""
    return list(table.rows.column(f"c{position}").to_pylist())


def each(table: TextTable, position: int, change: Callable[[Cell], Cell]) -> pa.Array:
    """A column's cells changed one by one, alike ones once."""
    cells = table.rows.column(f"c{position}").combine_chunks()
    coded = cells.dictionary_encode()
    changed = pa.array([change(cell) for cell in coded.dictionary.to_pylist()], pa.string()).take(coded.indices)
    of_nothing = change(None) if cells.null_count else None
    return changed if of_nothing is None else pc.if_else(pc.is_null(cells), of_nothing, changed)


def with_column(table: TextTable, position: int, cells: pa.Array, caption: str = "") -> TextTable:
    """The table with a column put in place or appended after its last."""
    name = f"c{position}"
    if name in table.rows.column_names:
        rows = table.rows.set_column(table.rows.column_names.index(name), name, cells)
        return replace(table, rows=rows)
    return replace(table, rows=table.rows.append_column(name, cells), header=(*table.header, caption))


def with_columns(table: TextTable, places: Mapping[str, int], made: Mapping[str, Iterable[Cell]]) -> TextTable:
    """The table with the cells of several columns of the contract, each in its place."""
    for name in sorted(made, key=places.__getitem__):
        table = with_column(table, places[name], pa.array(made[name], pa.string()), name)
    return table


def split(table: TextTable, lines: list[int]) -> TextTable:
    """The table with a row for each place of a line in the list; the first of a line keeps its number."""
    numbers, seen, own = list[int](), dict[int, int](), table.rows["row_number"].to_pylist()
    for line in lines:
        seen[line] = seen.get(line, -1) + 1
        numbers.append(own[line] + seen[line] * SPLIT_STEP)
    rows = table.rows.take(pa.array(lines, pa.int64()))
    place = rows.column_names.index("row_number")
    return replace(table, rows=rows.set_column(place, "row_number", pa.array(numbers, pa.int64())))


def set_aside(table: TextTable, mask: pa.Array, reason: str) -> TextTable:
    """The table without these rows, which are kept among those set aside."""
    if not pc.any(mask).as_py():
        return table
    left = [LeftOut(row["row_number"], reason, _as_text(table, row)) for row in table.rows.filter(mask).to_pylist()]
    return replace(table, rows=table.rows.filter(pc.invert(mask)), set_aside=(*table.set_aside, *left))


def _as_text(table: TextTable, row: Mapping[str, Cell]) -> str:
    """A row's cells with the file's own delimiter, as far as it is kept."""
    line = io.StringIO()
    cells = [row.get(f"c{position}") or "" for position in range(len(table.header))]
    csv.writer(line, delimiter=table.delimiter or ",", lineterminator="").writerow(cells)
    return line.getvalue()[:TEXT_LIMIT]
