"""Records that are told in several rows, or of which several stand in one: folded, counted, or split by person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from vitals.contract import entities
from vitals.ingest.model import Match, Step, TextTable
from vitals.ingest.read.numbers import read_number
from vitals.ingest.read.texts import is_empty
from vitals.ingest.recognise.captions import Evidence
from vitals.ingest.shapes.made import resources_list, shared
from vitals.ingest.shapes.shape import Cell, Position, Shape, column, listed, place_of, split, with_column, with_columns

SHARED = ("technician", "hours", "entry_id")
"""What differs between the rows of an entry that several people share."""


@dataclass(frozen=True)
class Fold(Shape):
    """Rows alike in one column that are one record, told by the highest of another: fold = {by, latest}."""

    by: Position
    latest: Position | None

    name = "fold"
    place = 60
    needs_whole_table = True

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """One row per record, the latest, in the order of first sight; rows without a key stay as they are."""
        ranks = [""] * table.rows.num_rows if self.latest is None else column(table, self.latest)
        chosen: dict[str, int] = {}
        for row, key in enumerate(column(table, self.by)):
            name = (key or "").strip() or f"\0{row}"
            if name not in chosen or _rank(ranks[row]) >= _rank(ranks[chosen[name]]):
                chosen[name] = row
        kept = table.rows.take(pa.array(chosen.values(), pa.int64()))
        return replace(table, rows=kept), table.rows.num_rows - kept.num_rows


def _rank(cell: Cell) -> tuple[int, object]:
    """Numbers by size, all other text by its letters, nothing first."""
    text = (cell or "").strip()
    number = read_number(text) if text else None
    return (0, "") if not text else (1, number) if number is not None else (2, text)


@dataclass(frozen=True)
class Devices(Shape):
    """Rows that are each a device of a client, which are counted: devices = {client}."""

    name = "devices"
    place = 61
    needs_whole_table = True
    reads = ("client",)
    stands_alone = True

    @classmethod
    def captions(cls, said: Mapping[str, Any]) -> set[str]:
        """The captions of the client."""
        return {*listed(said["client"])}

    @classmethod
    def columns(cls, said: Mapping[str, Any], evidence: Evidence) -> Mapping[str, int]:
        """The client stands in the first of the columns that isn't empty."""
        places = [at for caption in listed(said["client"]) if (at := place_of(evidence, caption)) is not None]
        return {"client": next((at for at in places if evidence.forms(at)), places[0])} if places else {}

    @property
    def makes(self) -> Mapping[str, tuple[int, ...]]:
        """The number of devices is made of all rows, and of no column."""
        return {"endpoints": ()}

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """One row per client with the number of its rows; rows that name no client stay, each for itself."""
        counts: dict[str, int] = {}
        firsts: dict[str, int] = {}
        for row, cell in enumerate(column(table, match.columns["client"])):
            name = f"\0{row}" if is_empty(cell) else " ".join((cell or "").split()).casefold()
            firsts.setdefault(name, row)
            counts[name] = counts.get(name, 0) + 1
        kept = replace(table, rows=table.rows.take(pa.array(firsts.values(), pa.int64())))
        numbers = pa.array([str(count) for count in counts.values()], pa.string())
        counted = with_column(kept, match.columns["endpoints"], numbers, "Endpoints")
        return counted, table.rows.num_rows - kept.rows.num_rows


class SharedHours(Step):
    """Time entries that name several people, as one for each: taken wherever the people are read from a list."""

    name = "shared"
    place = 80

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """One row per person, with an even share of the hours; a ticket stays one row and names them all."""
        people = match.made.get("technician")
        is_list = people is not None and people.function == resources_list.__name__
        if not is_list or not entities()[match.entity].has("entry_id"):
            return table, 0
        cells = {name: column(table, match.columns[name]) for name in SHARED if name in match.columns}
        lists = [[name for name in (cell or "").split("; ") if name] or [""] for cell in cells["technician"]]
        hours = [shared(cell or "", len(names)) for cell, names in zip(cells["hours"], lists, strict=True)]
        parts = [(line, part) for line, names in enumerate(lists) for part in range(len(names))]
        made: dict[str, list[Cell]] = {
            "technician": [lists[line][part] for line, part in parts],
            "hours": [hours[line][part] for line, part in parts],
            "entry_id": [_numbered(cells["entry_id"][line], part) for line, part in parts if "entry_id" in cells],
        }
        rows = split(table, [line for line, _ in parts])
        rows = with_columns(rows, match.columns, {name: made[name] for name in cells})
        return rows, table.rows.num_rows - rows.rows.num_rows


def _numbered(entry_id: Cell, part: int) -> Cell:
    """A number of its own for each part of an entry but the first."""
    return f"{entry_id}/{part + 1}" if part and entry_id else entry_id
