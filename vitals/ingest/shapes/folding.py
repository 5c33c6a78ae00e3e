"""Rows that are no record of their own: left out by a vendor's rule, folded into one, counted or split."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from vitals.ingest.model import LeftOut, TextTable
from vitals.ingest.read.numbers import read_number
from vitals.ingest.recognise.evidence import is_empty
from vitals.ingest.shapes.spans import shared

TEXT_LIMIT = 10_000
SPLIT_STEP = 10_000_000_000
"""Rows split off a line keep its number and add this, so that every row number stays its own."""


def column(table: TextTable, position: int) -> list[str | None]:
    """The cells of a column as Python strings."""
    return list(table.rows.column(f"c{position}").to_pylist())


def each(table: TextTable, position: int, change: Callable[[str | None], str | None]) -> pa.Array:
    """A column's cells changed one by one, alike ones once."""
    cells = table.rows.column(f"c{position}").combine_chunks()
    coded = cells.dictionary_encode()
    changed = pa.array([change(cell) for cell in coded.dictionary.to_pylist()], pa.string()).take(coded.indices)
    of_nothing = change(None) if cells.null_count else None
    return changed if of_nothing is None else pc.if_else(pc.is_null(cells), of_nothing, changed)


def with_column(table: TextTable, position: int, array: pa.Array, caption: str = "") -> TextTable:
    """The table with a column put in place or appended after its last."""
    name = f"c{position}"
    if name in table.rows.column_names:
        rows = table.rows.set_column(table.rows.column_names.index(name), name, array)
        return replace(table, rows=rows)
    return replace(table, rows=table.rows.append_column(name, array), header=(*table.header, caption))


def cleared(table: TextTable, words: str, positions: list[int]) -> TextTable:
    """The table with a vendor's words for nothing taken out of the mapped columns."""
    nothing = {word.casefold() for word in json.loads(words)}
    for position in positions:
        kept = each(table, position, lambda cell: "" if (cell or "").strip().casefold() in nothing else cell)
        table = with_column(table, position, kept)
    return table


def warned_if_cut(table: TextTable, cap: str, system: str) -> TextTable:
    """The table with a warning where it is exactly as long as the vendor's exports can be."""
    limit, *counted = cap.split(",")
    number = len(set(column(table, int(counted[0]) - 1))) if counted else table.rows.num_rows
    if number != int(limit):
        return table
    warning = f"{system} stops an export at {number:,} records, exactly as many as stand here: it is probably cut."
    return replace(table, warnings=(*table.warnings, warning))


def filled_down(table: TextTable) -> TextTable:
    """The name that stands alone above its rows put into each of them; the rows of names are set aside."""
    names, filled, titles = column(table, 0), [], []
    alone = _alone(table)
    current: str | None = None
    for name, is_title in zip(names, alone, strict=True):
        current = name if is_title else current
        filled.append(name if not is_empty(name) else current)
        titles.append(is_title)
    return set_aside(with_column(table, 0, pa.array(filled, pa.string())), pa.array(titles, pa.bool_()), "group_title")


def _alone(table: TextTable) -> list[bool]:
    others = [column(table, position) for position in range(1, len(table.header))]
    firsts = column(table, 0)
    return [not is_empty(first) and all(is_empty(cells[row]) for cells in others) for row, first in enumerate(firsts)]


def set_aside(table: TextTable, mask: pa.Array, reason: str) -> TextTable:
    """The table without these rows, which are kept among those set aside."""
    if not pc.any(mask).as_py():
        return table
    left = [LeftOut(row["row_number"], reason, as_text(table, row)) for row in table.rows.filter(mask).to_pylist()]
    return replace(table, rows=table.rows.filter(pc.invert(mask)), set_aside=(*table.set_aside, *left))


def as_text(table: TextTable, row: dict) -> str:
    """A row's cells with the file's own delimiter, as far as it is kept."""
    line = io.StringIO()
    cells = [row.get(f"c{position}") or "" for position in range(len(table.header))]
    csv.writer(line, delimiter=table.delimiter or ",", lineterminator="").writerow(cells)
    return line.getvalue()[:TEXT_LIMIT]


def without_other_documents(table: TextTable, rules: str) -> TextTable:
    """The table without the rows that a vendor's rules keep out, each with the rule's reason.

    A row too short to have the cell stays, so that it is quarantined for what is wrong with it.
    """
    for rule in json.loads(rules):
        words = each(table, rule["column"] - 1, partial(_dropped_word, rule))
        exists = pc.is_valid(table.rows.column(f"c{rule['column'] - 1}").combine_chunks())
        table = set_aside(table, pc.and_(exists, pc.equal(words, "dropped")), rule["reason"])
    return table


def _dropped_word(rule: dict, cell: str | None) -> str:
    return "dropped" if _is_dropped(cell, rule) else "kept"


def _is_dropped(cell: str | None, rule: dict) -> bool:
    text = (cell or "").strip().casefold()
    named = text in rule["words"] if rule["exact"] else any(word in text for word in rule["words"])
    return not named if rule["keeps"] else named


def folded(table: TextTable, columns: str) -> tuple[TextTable, int]:
    """One row per record, the latest, in the order of first sight; rows without a key stay as they are."""
    by, *latest = (int(number) - 1 for number in columns.split(","))
    ranks = column(table, latest[0]) if latest else [""] * table.rows.num_rows
    chosen: dict[str, int] = {}
    for row, key in enumerate(column(table, by)):
        name = (key or "").strip() or f"\0{row}"
        if name not in chosen or _rank(ranks[row]) >= _rank(ranks[chosen[name]]):
            chosen[name] = row
    kept = table.rows.take(pa.array(chosen.values(), pa.int64()))
    return replace(table, rows=kept), table.rows.num_rows - kept.num_rows


def _rank(cell: str | None) -> tuple[int, object]:
    """Numbers by size, all other text by its letters, nothing first."""
    text = (cell or "").strip()
    number = read_number(text) if text else None
    return (0, "") if not text else (1, number) if number is not None else (2, text)


def counted(table: TextTable, by: int, into: int) -> tuple[TextTable, int]:
    """One row per client with the number of its rows; rows that name no client stay, each for itself."""
    counts: dict[str, int] = {}
    firsts: dict[str, int] = {}
    for row, cell in enumerate(column(table, by)):
        name = f"\0{row}" if is_empty(cell) else " ".join((cell or "").split()).casefold()
        firsts.setdefault(name, row)
        counts[name] = counts.get(name, 0) + 1
    kept = replace(table, rows=table.rows.take(pa.array(firsts.values(), pa.int64())))
    numbers = pa.array([str(count) for count in counts.values()], pa.string())
    counted_rows = with_column(kept, into, numbers, "Endpoints")
    return counted_rows, table.rows.num_rows - kept.rows.num_rows


def split_people(table: TextTable, people: int, hours: int, key: int | None) -> tuple[TextTable, int]:
    """One row per technician of a time entry, its hours shared evenly."""
    rows: list[dict] = []
    for row in table.rows.to_pylist():
        names = [name for name in (row[f"c{people}"] or "").split("; ") if name] or [""]
        for part, (name, share) in enumerate(zip(names, shared(row[f"c{hours}"] or "", len(names)), strict=True)):
            copy = {**row, f"c{people}": name, f"c{hours}": share, "row_number": row["row_number"] + part * SPLIT_STEP}
            if part and key is not None and row[f"c{key}"]:
                copy[f"c{key}"] = f"{row[f'c{key}']}/{part + 1}"
            rows.append(copy)
    split = pa.Table.from_pylist(rows, schema=table.rows.schema)
    return replace(table, rows=split), table.rows.num_rows - split.num_rows
