"""The shapes of tables: how each is recognised, reshaped to one row per record, and kept in a mapping.

Each shape is a frozen dataclass in a module of this package; its fields are all that a mapping keeps of it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, ClassVar, Self, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.compute as pc

from vitals.ingest.model import LeftOut, Match, Step, TextTable
from vitals.ingest.recognise.captions import Evidence

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


class Position(int):
    """A column's place in the header: from 0 here, from 1 in a mapping, as people count columns."""


@cache
def _kinds(of: type) -> dict[str, Any]:
    """The types of a dataclass's fields."""
    hints = get_type_hints(of)
    return {field.name: hints[field.name] for field in fields(of)}


class Shape(Step):
    """A way in which exports lay out their rows other than one for each record.

    What a layout says of it is a table under its name in one of recognise/vendors/*.toml: for each of its fields that
    is a position the caption, or several by preference, and any other field as it is.
    """

    stands_alone: ClassVar[bool] = False
    """Whether it says of all columns what they are, so that the contract's own captions say nothing beside it."""

    @classmethod
    def captions(cls, said: Mapping[str, Any]) -> set[str]:
        """The captions in what a layout says of it, which mark a row as a header."""
        places = [name for name, kind in _kinds(cls).items() if _is_place(kind)]
        return {caption for name in places for caption in listed(said.get(name, ()))}

    @classmethod
    def is_there(cls, said: Mapping[str, Any], evidence: Evidence) -> bool:
        """Whether the table can be of a layout that says this of it."""
        return True

    @classmethod
    def columns(cls, said: Mapping[str, Any], evidence: Evidence) -> Mapping[str, int]:
        """The contract's columns that it finds in the table itself, where the layout doesn't name them."""
        return {}

    @classmethod
    def found(cls, said: Mapping[str, Any], evidence: Evidence) -> Self | None:
        """The shape as it is in a table by what a layout says of it; None where the table lacks what it takes."""
        kinds = _kinds(cls)
        parts = {name: _part(kind, said.get(name, ()), evidence) for name, kind in kinds.items()}
        return None if any(parts[name] is None for name in parts if kinds[name] is Position) else cls(**parts)


def _is_place(kind: Any) -> bool:
    return kind is Position or Position in get_args(kind)


def _part(kind: Any, said: Any, evidence: Evidence) -> Any:
    if _is_place(kind) and get_origin(kind) is not tuple:
        return place_of(evidence, said)
    if _is_place(kind):
        return tuple(Position(at) for caption in listed(said) for at in evidence.header.find(caption))
    return tuple(said) if isinstance(said, list) else said


def _load() -> None:
    for module in iter_modules([str(Path(__file__).parent)]):
        import_module(f"{__package__}.{module.name}")


@cache
def shapes() -> dict[str, type[Shape]]:
    """Every shape in a module of this package by its name, in the order in which they are applied."""
    _load()
    return {shape.name: shape for shape in sorted(Shape.__subclasses__(), key=lambda shape: shape.place)}


@cache
def always() -> tuple[Step, ...]:
    """The steps that are no shapes, so that they are taken in every table."""
    _load()
    return tuple(step() for step in Step.__subclasses__() if step is not Shape)


def needs_whole_table(match: Match) -> bool:
    """Whether rows far apart belong together, so that the table can't be reshaped in batches."""
    return any(shape.needs_whole_table for shape in match.shapes)


def reshape(table: TextTable, match: Match, order: str | None = None) -> tuple[TextTable, int]:
    """The table as the match means it, and how many of its rows were folded into others (negative if split).

    len(rows) + folded + set_aside + quarantined stays what it was, except for work logs, tables by month and absences,
    whose entries, amounts and days are rows of a table of their own. The order of day and month of their first and last
    days is None before it is decided.
    """
    rows_folded = 0
    for step in sorted((*match.shapes, *always()), key=lambda step: step.place):
        table, folded = step.apply(table, match, order)
        rows_folded += folded
    return table, rows_folded


def with_shape(found: Match, shape: Step, width: int) -> Match:
    """The match with one more shape; what shapes make stands before what is made of other columns."""
    first = width + sum(len(other.makes) for other in found.shapes)
    moved = {name: at + len(shape.makes) * (at >= first) for name, at in found.columns.items()}
    columns = {**moved, **{name: first + place for place, name in enumerate(shape.makes)}}
    return replace(found, columns=columns, shapes=(*found.shapes, shape)).with_unused(width)


def listed(said: str | Iterable[str]) -> tuple[str, ...]:
    """One caption or word, or several, as a layout says them."""
    return (said,) if isinstance(said, str) else tuple(said)


def place_of(evidence: Evidence, said: str | Iterable[str]) -> Position | None:
    """Where the first stands of the captions that a layout says, several by preference; None if none does."""
    place = evidence.header.first(listed(said))
    return None if place is None else Position(place)


def as_json(value: Any) -> Any:
    """A shape, or a part of one, as a mapping keeps it."""
    if isinstance(value, Position):
        return value + 1
    if isinstance(value, tuple):
        return [as_json(item) for item in value]
    return (
        {field.name: as_json(getattr(value, field.name)) for field in fields(value)} if is_dataclass(value) else value
    )


def from_json(kind: Any, said: Any) -> Any:
    """A shape, or a part of one of this type, as a mapping keeps it.

    Raises ValueError if it is nothing of the kind.
    """
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(said, dict):
        # a mapping that was kept before a field came lacks it
        lacks = {field.name for field in fields(kind) if field.default is not MISSING} - said.keys()
        kinds = {name: part for name, part in _kinds(kind).items() if name not in lacks}
        return kind(**{name: from_json(part, said.get(name)) for name, part in kinds.items()})
    if get_origin(kind) is tuple and isinstance(said, list):
        return tuple(from_json(get_args(kind)[0], item) for item in said)
    if type(None) in get_args(kind):
        return None if said is None else from_json(get_args(kind)[0], said)
    if kind is Position and type(said) is int and said > 0:
        return Position(said - 1)
    if type(said) is kind:
        return said
    raise ValueError(f"{said!r} is no {kind}")


def laid_out_as_json(steps: Iterable[Step]) -> dict[str, Any]:
    """The shapes of a match as a mapping keeps them, by their names."""
    return {shape.name: as_json(shape) for shape in steps}


def laid_out(said: Mapping[str, Any]) -> tuple[Shape, ...]:
    """The shapes that a mapping keeps, in the order in which they are applied.

    Raises ValueError if one is nothing of the kind.
    """
    if unknown := said.keys() - shapes().keys():
        raise ValueError(f"no shapes: {unknown}")
    return tuple(from_json(shape, said[name]) for name, shape in shapes().items() if name in said)


def positions(value: Any) -> set[int]:
    """The positions that a shape, or a part of one, names."""
    parts: Iterable[Any] = value if isinstance(value, tuple) else ()
    if is_dataclass(value):
        parts = [getattr(value, field.name) for field in fields(value)]
    return {int(value)} if isinstance(value, Position) else set().union(*map(positions, parts))
