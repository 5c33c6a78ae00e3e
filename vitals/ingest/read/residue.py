"""One column of a part, typed: the clean majority by SQL, each distinct odd cell once by the exact reader."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitals.contract import Column
from vitals.ingest.read.cells import Cell, read_cell
from vitals.ingest.read.texts import Reading

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


def _reading(cell: Cell, text: str) -> Reading:
    """What a text says, read once for the whole file unless it holds more different texts than that is worth."""
    found = cell.known.get(text)
    if found is None:
        found = read_cell(cell, text)
        if len(cell.known) < MOST_KNOWN:
            cell.known[text] = found
    return found


def _read_distinct(cell: Cell, texts: pa.Array, places: np.ndarray) -> tuple[pa.Array, TypedColumn]:
    """The values of cells by reading each distinct text once, with the problems and flags at their places."""
    distinct = texts.dictionary_encode()
    words = distinct.dictionary.to_pylist()
    readings = [_reading(cell, word) for word in words]
    read = pa.array([item.value for item in readings], arrow_type(cell.column)).take(distinct.indices)
    if not any(item.problem or item.flags for item in readings):
        return read, TypedColumn(pa.chunked_array([read]))
    codes = pc.fill_null(distinct.indices, -1).to_numpy(zero_copy_only=False)
    found = _problems(readings, words, codes, places), _flags(readings, words, codes, places)
    return read, TypedColumn(pa.chunked_array([read]), *found)


def complete(cell: Cell, texts: pa.ChunkedArray, values: pa.ChunkedArray | None) -> TypedColumn:
    """The column's values, with every cell that was not cast at once read by itself."""
    if values is None:
        return _read_distinct(cell, texts.combine_chunks(), np.arange(len(texts)))[1]
    mask = pc.and_(pc.is_null(values), pc.is_valid(texts)).combine_chunks()
    if not pc.any(mask).as_py():
        return TypedColumn(values)
    read, found = _read_distinct(cell, texts.filter(mask).combine_chunks(), np.flatnonzero(mask.to_numpy(False)))
    filled = pc.replace_with_mask(values.combine_chunks(), mask, read)
    return TypedColumn(pa.chunked_array([filled]), found.problems, found.flags)
