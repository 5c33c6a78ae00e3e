"""Columns typed: the clean majority by SQL in a private database, each distinct odd cell once by the exact reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitals.contract import Column
from vitals.database import shut
from vitals.ingest.read.cells import ColumnReader, read_cell
from vitals.ingest.read.dates import moment_sql, moments
from vitals.ingest.read.durations import hours_sql
from vitals.ingest.read.numbers import money_sql
from vitals.ingest.read.texts import DAMAGED_ID, LONGEST, NAME_KINDS, NOT_NAMES, CellBytes, Reading, are_among

PART, PLACE = "part", "place_in_part"
SAMPLE, FEW, MOST_KNOWN = 4096, 256, 10_000
ARROW_TYPES = {
    "VARCHAR": pa.string(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "DECIMAL(18,4)": pa.decimal128(18, 4),
    "DECIMAL(18,9)": pa.decimal128(18, 9),
    "DOUBLE": pa.float64(),
    "BIGINT": pa.int64(),
    "BOOLEAN": pa.bool_(),
}
Columns = dict[str, pa.ChunkedArray]
TEXT_KINDS = ("id", "text", "client", "technician")
NOT_FIRST = ("#", " ", "-", "'", "=")
"""How error cells, blanks, the dash for nothing and guards against formulas begin: such cells are read one by one."""
DOUBTFUL, DIGITS, EXPONENTS = are_among("".join(NOT_FIRST)), are_among("0123456789"), are_among("eE")
ZERO_ENDS, MARKS = are_among("0"), are_among(".,")


def open_scratch() -> duckdb.DuckDBPyConnection:
    """A connection that can neither read nor write any file."""
    con = duckdb.connect(":memory:")
    shut(con)
    return con


def aligned(con: duckdb.DuckDBPyConnection, rows: pa.Table, asked: str) -> pa.Table:
    """The columns that asked makes of PART's, each beside its own row: SQL alone promises no order."""
    with part_of(con, rows.append_column(PLACE, pa.array(np.arange(len(rows))))):
        found = con.sql(asked).to_arrow_table()
    places = found[PLACE].to_numpy()
    is_ordered = bool((places[1:] > places[:-1]).all())
    return (found if is_ordered else found.sort_by(PLACE)).drop_columns([PLACE])


@contextmanager
def part_of(con: duckdb.DuckDBPyConnection, rows: pa.Table) -> Iterator[None]:
    """Lay the rows of a part under the name PART for as long as the block runs."""
    con.register(PART, rows)
    try:
        yield
    finally:
        con.unregister(PART)


@dataclass(frozen=True)
class Marked:
    """Positions of rows that share a word: a problem or a flag, with the cell's text."""

    places: np.ndarray
    word: str
    text: str = ""


@dataclass(frozen=True)
class TypedColumn:
    """A column's values and what was said about some of its cells."""

    values: pa.ChunkedArray
    problems: tuple[Marked, ...] = ()
    flags: tuple[Marked, ...] = ()


def arrow_type(column: Column) -> pa.DataType:
    """The Arrow type of a contract column."""
    return ARROW_TYPES[column.sql_type]


def _marked(codes: np.ndarray, places: np.ndarray, words: dict[int, tuple[str, str]]) -> list[Marked]:
    """The rows of each distinct cell that has a word."""
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], list(words))
    ends = np.searchsorted(codes[order], list(words), side="right")
    spans = zip(words.values(), starts, ends, strict=True)
    return [Marked(places[np.sort(order[start:end])], word, text) for (word, text), start, end in spans]


def _problems(readings: list[Reading], texts: list[str], codes: np.ndarray, places: np.ndarray) -> tuple[Marked, ...]:
    words = {code: (item.problem, texts[code]) for code, item in enumerate(readings) if item.problem}
    return tuple(_marked(codes, places, words)) if words else ()


def _flags(readings: list[Reading], texts: list[str], codes: np.ndarray, places: np.ndarray) -> tuple[Marked, ...]:
    found: list[Marked] = []
    for flag in sorted({flag for item in readings for flag in item.flags}):
        words = {code: (flag, texts[code]) for code, item in enumerate(readings) if flag in item.flags}
        found += _marked(codes, places, words)
    return tuple(found)


def is_varied(texts: pa.ChunkedArray) -> bool:
    """Whether so many cells differ that casting them all is cheaper than reading each distinct one."""
    sample = texts.slice(0, SAMPLE)
    return pc.count_distinct(sample).as_py() * 4 > max(len(sample), FEW)


def _reading(reader: ColumnReader, text: str) -> Reading:
    """What a text says, read once for the whole file unless it holds more different texts than that is worth."""
    found = reader.known.get(text)
    if found is None:
        found = read_cell(reader, text)
        if len(reader.known) < MOST_KNOWN:
            reader.known[text] = found
    return found


def _read_distinct(reader: ColumnReader, texts: pa.Array, places: np.ndarray) -> tuple[pa.Array, TypedColumn]:
    """The values of cells by reading each distinct text once, with the problems and flags at their places."""
    distinct = texts.dictionary_encode()
    words = distinct.dictionary.to_pylist()
    readings = [_reading(reader, word) for word in words]
    values, kind = [item.value for item in readings], arrow_type(reader.column)
    # most texts stand for themselves: no copy
    read = texts if (values, kind) == (words, texts.type) else pa.array(values, kind).take(distinct.indices)
    if not any(item.problem or item.flags for item in readings):
        return read, TypedColumn(pa.chunked_array([read]))
    codes = pc.fill_null(distinct.indices, -1).to_numpy(zero_copy_only=False)
    found = _problems(readings, words, codes, places), _flags(readings, words, codes, places)
    return read, TypedColumn(pa.chunked_array([read]), *found)


def complete(reader: ColumnReader, texts: pa.ChunkedArray, values: pa.ChunkedArray | None) -> TypedColumn:
    """The column's values, with every cell that was not cast at once read by itself."""
    if values is None:
        return _read_distinct(reader, texts.combine_chunks(), np.arange(len(texts)))[1]
    mask = pc.and_(pc.is_null(values), pc.is_valid(texts)).combine_chunks()
    if not pc.any(mask).as_py():
        return TypedColumn(values)
    read, found = _read_distinct(reader, texts.filter(mask).combine_chunks(), np.flatnonzero(mask.to_numpy(False)))
    filled = pc.replace_with_mask(values.combine_chunks(), mask, read)
    return TypedColumn(pa.chunked_array([filled]), found.problems, found.flags)


def _expression(reader: ColumnReader, name: str) -> str:
    """SQL that gives the value of the column's clean cells, and null for all others."""
    kind = reader.column.kind
    if kind in ("date", "timestamp"):
        # a time without its zone among zoned ones must be flagged, so it is read by itself
        return "null::timestamp" if reader.is_zoned or reader.is_next_day else moment_sql(name, reader.order)
    if kind == "money" and not reader.column.refuse_negative:
        return money_sql(name, reader.sign)
    if kind == "hours" and not reader.column.refuse_negative:
        return hours_sql(name, reader.unit, reader.sign)
    return f"null::{reader.column.sql_type}"


def _kept(reader: ColumnReader, name: str) -> str:
    """SQL that casts what _expression gave to the column's type, and empties dates and numbers out of range."""
    if plausible := reader.column.plausible:
        least, most = plausible
        return f"case when {name} = 0 or {name} between {least} and {most} then {name}::{reader.column.sql_type} end"
    if reader.column.kind not in ("date", "timestamp"):
        return f"{name}::{reader.column.sql_type}"
    first, after = reader.range
    inside = f"{name} >= timestamp '{first}' and {name} < timestamp '{after}'"
    return f"case when {inside} then {name}::{reader.column.kind} end"


def _sql_values(con: duckdb.DuckDBPyConnection, readers: Mapping[str, ColumnReader], rows: pa.Table) -> Columns:
    inner = ", ".join(
        f'{_expression(reader, f"c{place}")} as "{name}"' for place, (name, reader) in enumerate(readers.items())
    )
    outer = ", ".join(f'{_kept(reader, name)} as "{name}"' for name, reader in readers.items())
    named = rows.rename_columns([f"c{place}" for place in range(rows.num_columns)])
    found = aligned(con, named, f"select {outer}, {PLACE} from (select {inner}, {PLACE} from {PART})")
    return {name: found[name].cast(arrow_type(reader.column)) for name, reader in readers.items()}


def _is_all_plain(reader: ColumnReader, texts: pa.Array) -> bool:
    """Whether every text stands for itself, by its bytes alone; false where that takes a closer look."""
    letters = CellBytes.of(texts)
    if reader.column.kind in NAME_KINDS or not len(texts) or not (letters.lengths > 0).all():
        return False
    used, first = letters.used(), letters.nth(0)
    is_plain = bool(used.min() >= ord(" ") and used.max() <= ord("~") and letters.lengths.max() <= LONGEST)
    is_bare = is_plain and not (DOUBTFUL[first].any() or (letters.last() == ord(" ")).any())
    return is_bare and not (reader.column.kind == "id" and DIGITS[first].any() and _may_be_damaged(letters))


def _may_be_damaged(letters: CellBytes) -> bool:
    """Whether some number looks as if a spreadsheet had made it of an identifier."""
    ends = ZERO_ENDS[letters.last()]
    return bool(EXPONENTS[letters.used()].any() or (ends.any() and MARKS[letters.nth(letters.lengths - 2)[ends]].any()))


def _plain_text(reader: ColumnReader, texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """The texts that stand for themselves: printable ASCII without blanks around it, and no word of doubt."""
    if all(_is_all_plain(reader, chunk) for chunk in texts.chunks):
        return texts
    sizes = pc.binary_length(texts)
    plain = pc.and_(pc.ascii_is_printable(texts), pc.and_(pc.greater(sizes, 0), pc.less_equal(sizes, LONGEST)))
    for doubt in (*(pc.starts_with(texts, letter) for letter in NOT_FIRST), pc.ends_with(texts, " ")):
        plain = pc.and_not(plain, doubt)
    if reader.column.kind == "id":
        plain = pc.and_not(plain, pc.match_substring_regex(texts, f"^(?:{DAMAGED_ID.pattern})$"))
    if reader.column.kind in NAME_KINDS:
        plain = pc.and_not(plain, pc.is_in(pc.utf8_lower(texts), pa.array(sorted(NOT_NAMES))))
    # the column itself where every cell is plain: no copy
    return texts if pc.all(plain).as_py() and not texts.null_count else pc.if_else(plain, texts, None)


def iso_dates(reader: ColumnReader, texts: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """The values of a column of ISO dates, null where one must be read by itself; None if it isn't all written so."""
    # a time without its zone among zoned ones must be flagged, so it is read by itself
    if reader.column.kind not in ("date", "timestamp") or reader.is_zoned or reader.is_next_day:
        return None
    found = moments(texts)
    if found is None:
        return None
    first, after = (pa.scalar(moment, pa.timestamp("us")) for moment in reader.range)
    is_inside = pc.and_(pc.greater_equal(found, first), pc.less(found, after))
    inside = found if pc.all(is_inside).as_py() else pc.if_else(is_inside, found, None)
    return inside.cast(pa.date32()) if reader.column.kind == "date" else inside


def cast(con: duckdb.DuckDBPyConnection, readers: Mapping[str, ColumnReader], texts: Columns) -> Columns:
    """The values of the clean cells of columns, null for all that must be read by themselves."""
    plain = {name: reader for name, reader in readers.items() if reader.column.kind in TEXT_KINDS}
    as_text = {name: _plain_text(reader, texts[name]) for name, reader in plain.items()}
    others = {name: reader for name, reader in readers.items() if name not in as_text}
    if not others:
        return as_text
    return {**as_text, **_sql_values(con, others, pa.table({name: texts[name] for name in others}))}


def typed_columns(
    con: duckdb.DuckDBPyConnection, readers: Mapping[str, ColumnReader], texts: Columns
) -> dict[str, TypedColumn]:
    """Dates and columns in which most cells differ are cast at once; of others each distinct cell is read."""
    dates = {name: iso_dates(reader, texts[name]) for name, reader in readers.items()}
    at_once = {name: values for name, values in dates.items() if values is not None}
    varied = {name: reader for name, reader in readers.items() if name not in at_once and is_varied(texts[name])}
    at_once |= cast(con, varied, texts)
    return {name: complete(reader, texts[name], at_once.get(name)) for name, reader in readers.items()}
