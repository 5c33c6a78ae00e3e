"""Records that are told in several rows, or of which several stand in one: folded, counted, or split by person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from vitals.contract import entities
from vitals.ingest.model import Match, Step, TextTable
from vitals.ingest.read.numbers import read_number
from vitals.ingest.read.texts import counted, is_empty
from vitals.ingest.recognise.captions import Evidence
from vitals.ingest.shapes.made import resources_list, shared
from vitals.ingest.shapes.shape import Cell, Position, Shape, column, listed, place_of, split, with_column, with_columns

SHARED = {"hours", "hours_billed", "billed_amount"}
"""What the people who share an entry have their parts of."""
SEVERAL = re.compile(r"\s*(?:[;|\n]|<br ?/?>)\s*|\s+(?:[/&+]|and|und|et)\s+", re.I)
"""What stands between the names of several people, beside a comma."""
PERHAPS = re.compile(r"\s+(?:y|e|i|a|en|och|og|ja|oraz|with|w/|mit|avec|con|com|met|med)\s+", re.I)
"""What stands between them, where each of them is named alone in another cell."""


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
    """Rows that name several people: time entries become one for each, of a ticket the first named counts."""

    name = "shared"
    place = 80

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """One row per person, with an even share of hours and amounts; a ticket stays one row."""
        place, entity = match.columns.get("technician"), entities()[match.entity]
        if place is None or not entity.hours:
            return table, 0
        made = match.made.get("technician")
        is_list = made is not None and made.function == resources_list.__name__
        if not any(_is_several(cell or "") for cell in table.rows.column(f"c{place}").unique().to_pylist()):
            return table, 0
        cells = column(table, place)
        lists = [_listed(cell) for cell in cells] if is_list else people(cells)
        if all(names == [cell] for names, cell in zip(lists, cells, strict=True)):
            return table, 0
        if not entity.has("entry_id"):
            return (table if is_list else _with_firsts(table, place, lists)), 0
        return _split(table, match, lists)


def _listed(cell: Cell) -> list[Cell]:
    return [name for name in (cell or "").split("; ") if name] or [""]


def _said(table: TextTable, lists: list[list[Cell]], what: str) -> TextTable:
    rows = sum(len(names) > 1 for names in lists)
    if not rows:
        return table
    said = f"{counted(rows, 'row names', 'rows name')} several people: {what}."
    return replace(table, warnings=(*table.warnings, said))


def _with_firsts(table: TextTable, place: int, lists: list[list[Cell]]) -> TextTable:
    named = with_column(table, place, pa.array([names[0] for names in lists], pa.string()))
    return _said(named, lists, "the first of them is taken for who worked")


def _split(table: TextTable, match: Match, lists: list[list[Cell]]) -> tuple[TextTable, int]:
    parts = [(line, part) for line, names in enumerate(lists) for part in range(len(names))]
    made: dict[str, list[Cell]] = {"technician": [lists[line][part] for line, part in parts]}
    for name in SHARED & match.columns.keys():
        cells = column(table, match.columns[name])
        shares = [shared(cell or "", len(names)) for cell, names in zip(cells, lists, strict=True)]
        made[name] = [shares[line][part] for line, part in parts]
    if "entry_id" in match.columns:
        entries = column(table, match.columns["entry_id"])
        made["entry_id"] = [_numbered(entries[line], part) for line, part in parts]
    rows = with_columns(split(table, [line for line, _ in parts]), match.columns, made)
    said = _said(rows, lists, "the hours are theirs in even parts")
    return said, table.rows.num_rows - rows.rows.num_rows


def people(cells: list[Cell]) -> list[list[Cell]]:
    """The people whom each cell names; where surnames stand first, a comma parts no people."""
    different = {(cell or "").strip() for cell in cells}
    alone = {text.casefold() for text in different if not _is_several(text)}
    by_comma = [text.split(",") for text in different if "," in text and not SEVERAL.search(text)]
    surname_first = any(not _are_names(names, alone) for names in by_comma)
    read = {cell: _people((cell or "").strip(), alone, surname_first) or [cell] for cell in {*cells}}
    return [read[cell] for cell in cells]


def _is_several(text: str) -> bool:
    return "," in text or "/" in text or bool(SEVERAL.search(text) or PERHAPS.search(text))


def _are_names(parts: list[str], alone: set[str]) -> bool:
    """Whether each part is a person: two words, an address, or a name that stands alone in another cell."""
    return all(
        len(part.split()) > 1 or "@" in part or part.strip().casefold() in alone for part in parts if part.strip()
    )


def _people(text: str, alone: set[str], surname_first: bool) -> list[Cell]:
    parts = [part for part in SEVERAL.split(text) if part.strip()]
    if len(parts) == 1 and "/" in text and _are_names(text.split("/"), alone):
        parts = text.split("/")
    if len(parts) == 1 and all(part.strip().casefold() in alone for part in PERHAPS.split(text)):
        parts = PERHAPS.split(text)
    goes_on = len(parts) > 1 and ";" not in text
    lists = [part.split(",") for part in parts]
    names = [name for part, names in zip(parts, lists, strict=True) for name in (
        names if goes_on or (not surname_first and _are_names(names, alone)) else [part])]  # fmt: skip
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))


def _numbered(entry_id: Cell, part: int) -> Cell:
    """A number of its own for each part of an entry but the first."""
    return f"{entry_id}/{part + 1}" if part and entry_id else entry_id
