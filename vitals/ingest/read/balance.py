"""Both sides of a file's sum: the money and hours of rows that are loaded and of those that are not."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from vitals.contract import Entity
from vitals.ingest.model import LeftOut, Match, TextTable
from vitals.ingest.read.cells import Cell, read_cell

MONEY = {"invoice_lines": "amount", "time_entries": "billed_amount", "agreements": "monthly_fee"}
HOURS = {"tickets": "hours", "time_entries": "hours", "time_off": "hours"}

LONGEST_RAW = 10_000
Sums = tuple[Decimal | None, Decimal | None]


def left_out_sums(entity: Entity, values: Mapping[str, pa.ChunkedArray], places: Sequence[int]) -> list[Sums]:
    """The readable money and hours of rows at these places."""
    at = pa.array(places, pa.int64())
    sides = [
        values[name].take(at).to_pylist() if name in values else [None] * len(places)
        for name in (MONEY.get(entity.name, ""), HOURS.get(entity.name, ""))
    ]
    return list(zip(*sides, strict=True))


def _value(cell: Cell | None, text: str) -> Decimal | None:
    return read_cell(cell, text).value if cell else None


def _cells(item: LeftOut, table: TextTable) -> list[str]:
    try:
        return next(csv.reader([item.raw_text], delimiter=table.delimiter or ","), [])
    except csv.Error:
        return []


def with_sums(item: LeftOut, table: TextTable, match: Match, cells: Mapping[str, Cell]) -> LeftOut:
    """A row that the reader left out, with the money and hours that its text shows in the mapped columns."""
    found = _cells(item, table)
    sums: dict[str, Any] = {}
    for side, names in (("money", MONEY), ("hours", HOURS)):
        name = names.get(match.entity, "")
        place = match.columns.get(name, len(found))
        sums[side] = _value(cells.get(name), found[place]) if place < len(found) else None
    return replace(item, **sums)


def raw_texts(table: TextTable, places: list[int]) -> list[str]:
    """The rows as the file has them, joined again by its own delimiter."""
    texts = table.rows.drop_columns(["row_number"]).take(pa.array(places, pa.int64()))
    lines = []
    for cells in zip(*(column.to_pylist() for column in texts.columns), strict=True):
        out = io.StringIO()
        given = [cell for cell in cells[: len(table.header)] if cell is not None]
        csv.writer(out, delimiter=table.delimiter or ",", lineterminator="").writerow(given)
        lines.append(out.getvalue()[:LONGEST_RAW])
    return lines


def left_out_rows(table: TextTable, rows: pa.Table, entity: Entity, found: Mapping[int, str]) -> list[LeftOut]:
    """Those of a table's rows that were typed and are left out all the same, each for the reason by its number."""
    left = pa.array(list(found), pa.int64())
    kept = replace(table, rows=table.rows.filter(pc.is_in(table.rows["row_number"], left)))
    numbers = kept.rows["row_number"].combine_chunks()
    typed = rows.take(pc.index_in(numbers, rows["row_number"].combine_chunks()))
    places = list(range(len(numbers)))
    sums = left_out_sums(entity, dict(zip(typed.column_names, typed.columns, strict=True)), places)
    said = zip(numbers.to_pylist(), raw_texts(kept, places), sums, strict=True)
    return [LeftOut(number, found[number], raw, "", "", *both) for number, raw, both in said]
