"""What became of every row of one table of a file, added up part by part."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitals.contract import Column, Entity
from vitals.ingest.model import LeftOut, TextTable, TypedTable
from vitals.ingest.read.cells import OUT_OF_RANGE, read_sum
from vitals.ingest.read.columns import PART, part_of
from vitals.ingest.read.rows import FLAGS, RowReader, TypedPart
from vitals.ingest.read.texts import counted, is_empty

MOST_SAMPLES = 300
"""Columns beyond this are not shown on the mapping screen."""
LOOK_AT, LONGEST_SAMPLE, FIRST_ROWS = 2000, 120, 5
"""The rows from which samples are taken, and the letters that are shown of one."""


EXACT, CONFLICTING, IDENTICAL = "exact_duplicate", "conflicting_duplicate", "identical_lines_kept"
COUNTED = ("subtotal_or_total", EXACT, CONFLICTING)
"""Totals are no rows, and repeated rows were typed before they were found to be repeated."""


def samples(table: TextTable, position: int, n: int = 3) -> list[str]:
    """The first different filled values of a column; none for one that is made of others."""
    if position >= len(table.header):
        return []
    cells = table.rows.column(f"c{position}").slice(0, LOOK_AT).unique().to_pylist()
    different = dict.fromkeys(cell.strip()[:LONGEST_SAMPLE] for cell in cells if not is_empty(cell))
    return list(different)[:n]


def first_rows(table: TextTable) -> tuple[tuple[str, ...], ...]:
    """The first rows of a table as they stand there, cell by cell."""
    places = range(min(len(table.header), MOST_SAMPLES))
    rows = table.rows.slice(0, FIRST_ROWS).to_pylist()
    return tuple(tuple((row.get(f"c{at}") or "")[:LONGEST_SAMPLE] for at in places) for row in rows)


def _samples(table: TextTable) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(samples(table, place)) for place in range(min(len(table.header), MOST_SAMPLES)))


def _value(reader: RowReader, name: str, cells: Sequence[str]) -> Any:
    """What a row's cells hold in a column of that name; None if it holds no value, or the file no such column."""
    place = reader.match.columns.get(name, len(cells))
    return read_sum(reader.readers[name], cells[place]).value if place < len(cells) else None


def _cells(item: LeftOut, table: TextTable) -> list[str]:
    try:
        return next(csv.reader([item.raw_text], delimiter=table.delimiter or ","), [])
    except csv.Error:
        return []


def _with_sums(item: LeftOut, table: TextTable, reader: RowReader) -> LeftOut:
    """A row that the reader left out, with the money and hours that its text shows in the mapped columns."""
    found = _cells(item, table)
    money, hours = (_value(reader, name, found) for name in (reader.entity.money, reader.entity.hours))
    return replace(item, money=money, hours=hours)


@dataclass
class Account:
    """What became of every row of one table, added up part by part."""

    reader: RowReader
    rows: int = 0
    folded: int = 0
    rows_read: int = 0
    quarantined: list[LeftOut] = field(default_factory=list)
    set_aside: list[LeftOut] = field(default_factory=list)
    flags: list[pa.Table] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sums: dict[str, Decimal] = field(default_factory=dict)
    """Money and hours column -> the sum of the rows that went by."""
    totals: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    def add(self, shaped: TextTable, folded: int, part: TypedPart) -> None:
        """Take up one part."""
        self.rows += len(part.rows)
        self.folded += folded
        self.rows_read += len(shaped.rows) + folded + len(shaped.set_aside) + len(shaped.quarantined)
        self.quarantined += [*self._with_sums(shaped, shaped.quarantined), *part.quarantined]
        self.set_aside += [*self._with_sums(shaped, shaped.set_aside), *part.set_aside]
        self.flags.append(part.flags)
        self.warnings += [text for text in shaped.warnings if text not in self.warnings]
        self.totals += shaped.totals
        for name, values in zip(part.rows.column_names, part.rows.columns, strict=True):
            if pa.types.is_decimal(values.type) and values.null_count < len(values):
                wide = values.cast(pa.decimal128(38, values.type.scale))
                self.sums[name] = self.sums.get(name, Decimal(0)) + pc.sum(wide).as_py()

    def _with_sums(self, shaped: TextTable, left: Iterable[LeftOut]) -> list[LeftOut]:
        return [_with_sums(item, shaped, self.reader) for item in left]

    def leave_out(self, doubled: list[LeftOut]) -> None:
        """Move repeated and conflicting rows out of the loaded ones."""
        self.set_aside += [item for item in doubled if item.reason == EXACT]
        self.quarantined += [item for item in doubled if item.reason != EXACT]
        self.rows -= len(doubled)

    def check_totals(self) -> None:
        """Add a sentence for each grand total of the file's own: a note where it agrees, else a warning."""
        entity = self.reader.entity
        for row, texts in self.totals:
            for name, is_money in ((entity.money, True), (entity.hours, False)):
                said = _value(self.reader, name, texts)
                if said is not None:
                    typed = self.sums.get(name, Decimal(0))
                    whole = typed + self._beside(is_money)
                    found = whole if said == whole else typed
                    (self.notes if said == found else self.warnings).append(_sentence(row, said, found, name))

    def _beside(self, is_money: bool) -> Decimal:
        """What the file's total holds beside the typed rows: those that can't be used, and payments and the like."""
        left = [item for item in (*self.set_aside, *self.quarantined) if item.reason not in COUNTED]
        sums = (item.money if is_money else item.hours for item in left)
        return sum((value for value in sums if value is not None), Decimal(0))

    def _beyond(self) -> list[str]:
        """A sentence for each column of which rows lie beyond what is plausible."""
        counts = Counter(item.column for item in self.quarantined if item.reason == OUT_OF_RANGE)
        columns = [(self.reader.entity.column(name), rows) for name, rows in counts.items()]
        return [
            f"{counted(rows, 'row')} left out: {column.name} must lie between "
            f"{column.plausible[0]:,} and {column.plausible[1]:,}."
            for column, rows in columns
            if column.plausible
        ]

    def table(self, first: TextTable) -> TypedTable:
        """The account as a typed table without its rows, which were handed on before."""
        match = self.reader.match
        gone = pa.array([item.row_number for item in (*self.quarantined, *self.set_aside)], pa.int64())
        flags = pa.concat_tables(self.flags) if self.flags else FLAGS.empty_table()
        return TypedTable(
            entity=match.entity, match=match, source=replace(first, rows=first.rows.slice(0, 0)),
            rows=pa.table({}), quarantined=tuple(sorted(self.quarantined, key=lambda item: item.row_number)),
            set_aside=tuple(sorted(self.set_aside, key=lambda item: item.row_number)),
            flags=flags.filter(pc.invert(pc.is_in(flags["row_number"], gone))),
            rows_read=self.rows_read, rows_folded=self.folded, warnings=(*self.warnings, *self._beyond()),
            notes=tuple(self.notes), samples=_samples(first), first_rows=first_rows(first),
        )  # fmt: skip


def _shown(number: Decimal) -> str:
    return f"{number:f}" if number != number.quantize(Decimal("0.01")) else f"{number:.2f}"


def _sentence(row: int, said: Decimal, found: Decimal, what: str) -> str:
    if said == found:
        return f"The file's own total in row {row} agrees with its rows: {what} {_shown(found)}."
    return f"The file's own total in row {row} is {_shown(said)}, but its rows add up to {_shown(found)}."


def _sum(rows: pa.Table, name: str, what: str) -> str:
    total = pc.sum(rows[name].cast(pa.decimal128(38, rows[name].type.scale))).as_py() if name else None
    return "" if total is None else f"{what} {total:,.2f}"


def _day(value: date) -> str:
    return f"{value.day} {value:%b %Y}"


def _span(entity: Entity, rows: pa.Table) -> str:
    dates = [column.name for column in entity.columns if column.kind in ("date", "timestamp")]
    filled = next((name for name in dates if rows[name].null_count < len(rows)), None)
    ends = pc.min_max(rows[filled]).as_py() if filled else None
    return f"dates from {_day(ends['min'])} to {_day(ends['max'])}" if ends else ""


def figures(entity: Entity, parts: Iterable[pa.Table]) -> str:
    """Rows, money or hours, and dates of the rows that would be loaded."""
    rows = pa.concat_tables(parts)
    said = [
        counted(len(rows), "row"),
        _sum(rows, entity.money, "amounts add up to"),
        _sum(rows, entity.hours, "hours add up to"),
        _span(entity, rows),
    ]
    return ", ".join(text for text in said if text)


def _name(cell: str) -> str:
    """A name as staging keys it: folded, all blanks to one."""
    lowered = f"lower(replace(nfc_normalize({cell}), 'İ', 'i' || chr(775)))"
    folded = f"replace(replace({lowered}, 'ß', 'ss'), 'ς', 'σ')"
    return f"trim(regexp_replace({folded}, '[\\s\\p{{Z}}]+', ' ', 'g'))"


def _technician(cell: str) -> str:
    """A technician's name with "Last, First" turned round."""
    return _name(f"regexp_replace({cell}, '^([^,]+),([^,]+)$', '\\2 \\1')")


BY_KIND = {"client": _name, "technician": _technician}


def _part(entity: Entity, column: Column) -> str:
    either = entity.needs_one_of if column.name in entity.needs_one_of else (column.name,)
    cell = f"coalesce({', '.join(either)})" if len(either) > 1 else f'"{column.name}"'
    text = BY_KIND[column.kind](cell) if column.kind in BY_KIND else f"{cell}::varchar"
    return f"coalesce({text}, '')" if column.name in entity.key_may_lack else text


def key_sql(entity: Entity) -> str:
    """SQL for the key of a row as text, null where a part of it is missing."""
    parts = [_part(entity, entity.column(name)) for name in entity.key]
    return " || chr(31) || ".join(parts)


def keys_sql(entity: Entity) -> str:
    """SQL for the stored rows of an entity with row_key, and a hash that rows share which differ in spelling alone."""
    told = [f'"{column.name}"' for column in entity.columns if column.required and column.kind not in BY_KIND]
    alike = f"hash({', '.join(told)})" if told else "0"
    return f"(select load_id, row_number, {key_sql(entity)} as row_key, {alike} as told_hash from raw.{entity.name})"


def keyed_sql(entity: Entity, relation: str) -> str:
    """SQL for stored rows of an entity with row_key, row_hash, names as spelt, and alike_hash, which is the same for
    rows that differ at most in their spelling: made where loads are compared, never kept."""
    own = ", ".join(f'"{column.name}"' for column in entity.columns)
    made = f"{key_sql(entity)} as row_key, {hash_sql(entity)} as row_hash"
    names = [column for column in entity.columns if column.kind in BY_KIND]
    said = ", ".join(f"clean_{column.name}" if column in names else f'"{column.name}"' for column in entity.columns)
    spelt = "".join(f', "{column.name}"' for column in names)
    alike = f"hash({said}) as alike_hash, concat_ws(chr(31), ''{spelt}) as names"
    joined = " ".join(_cleaned(relation, column) for column in names)
    return f"(select load_id, row_number, {own}, {made}, {alike} from {relation} {joined})"


def _cleaned(relation: str, column: Column) -> str:
    """SQL that joins each name as staging keys it: names are few, rows are many."""
    name, clean = column.name, BY_KIND[column.kind](f'"{column.name}"')
    distinct = f'select distinct "{name}" as own_{name}, {clean} as clean_{name} from {relation}'
    return f'left join ({distinct}) as of_{name} on "{name}" = own_{name}'


def hash_sql(entity: Entity) -> str:
    """SQL for a number that is the same for rows that say the same in every column of the contract."""
    columns = ", ".join(f'"{column.name}"' for column in entity.columns)
    return f"hash({columns})"


def alike_sql(entity: Entity) -> str:
    """SQL for a number that is the same for rows that differ at most in the spelling of the name that is their key."""
    names = [column.name for column in entity.columns if column.name in entity.key and column.kind in BY_KIND]
    columns = (_part(entity, column) if column.name in names else f'"{column.name}"' for column in entity.columns)
    return f"hash({', '.join(columns)})" if names else hash_sql(entity)


HASH = "row_hash"


def _hashes(con: duckdb.DuckDBPyConnection, rows: pa.Table, said: str, holds: str) -> pa.Table:
    """row_number and the hash that SQL says, of the rows for which it holds."""
    with part_of(con, rows):
        return con.sql(f"select row_number, {said} as {HASH} from {PART} where {holds}").to_arrow_table()


def repeated(con: duckdb.DuckDBPyConnection, entity: Entity, rows: pa.Table) -> dict[int, str]:
    """Row -> why it is left out: a repeat of a keyed row, or one of several versions of a key."""
    own = f"select row_number, {key_sql(entity)} as row_key, {alike_sql(entity)} as content from {PART}"
    with part_of(con, rows):
        return dict(
            con.execute(f"""
                select row_number, if(min(content) over one_key = max(content) over one_key, '{EXACT}', '{CONFLICTING}')
                from ({own}) window one_key as (partition by row_key)
                qualify min(content) over one_key <> max(content) over one_key
                    or row_number > min(row_number) over one_key""").fetchall()
        )


def _again(parts: list[pa.Table]) -> np.ndarray:
    """The numbers of the rows whose hash occurs more than once, in their order."""
    values = np.concatenate([part[HASH].to_numpy() for part in parts] or [np.array([], dtype=np.uint64)])
    values.sort()
    twice = pa.array(np.unique(values[1:][values[1:] == values[:-1]]), pa.uint64())
    if not len(twice):
        return np.array([], dtype=np.int64)
    return np.sort(
        np.concatenate([part.filter(pc.is_in(part[HASH], twice))["row_number"].to_numpy() for part in parts])
    )


@dataclass
class Seen:
    """The rows of a table as far as they went by: numbers, and hashes of their keys or of what they say."""

    keyed: list[pa.Table] = field(default_factory=list)
    keyless: list[pa.Table] = field(default_factory=list)

    def take(self, con: duckdb.DuckDBPyConnection, entity: Entity, rows: pa.Table) -> None:
        """Take up the rows of one part: all that a row says is looked at only where it has no key."""
        key = key_sql(entity)
        self.keyed.append(_hashes(con, rows, f"hash({key})", f"({key}) is not null"))
        if len(self.keyed[-1]) < len(rows):
            self.keyless.append(_hashes(con, rows, alike_sql(entity), f"({key}) is null"))

    def suspects(self) -> np.ndarray:
        """The numbers of the rows whose key occurs more than once: what else they say is to be compared."""
        return _again(self.keyed)

    def identical(self) -> pa.Table:
        """Flags of rows without a key that are alike in everything: kept, since two such entries may both be true."""
        alike = _again(self.keyless)
        texts = {"flag": IDENTICAL, "detail": ""}
        return pa.table({"row_number": alike, **{name: pa.repeat(text, len(alike)) for name, text in texts.items()}})
