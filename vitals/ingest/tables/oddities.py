"""Which rows among many may be no data, found from the bytes of their cells without a Python string for each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitals.ingest.tables.columns import TEXT_LIMIT
from vitals.ingest.tables.rows import TOTAL_PREFIXES

LOWER_CASE = 0x202020
SPACE = 32
UNICODE_BLANKS = np.array([0xC2, 0xE1, 0xE2, 0xE3], np.uint8)
"""First bytes of the blanks that are not ASCII; other letters that begin alike only cost a second look."""
PREFIX_CODES = np.array([int.from_bytes(prefix.encode(), "big") for prefix in TOTAL_PREFIXES])


@dataclass(frozen=True)
class Texts:
    """The cells of a column as bytes."""

    starts: np.ndarray
    lengths: np.ndarray
    letters: np.ndarray

    @classmethod
    def of(cls, column: pa.ChunkedArray) -> Texts:
        """The buffers of a column of one chunk."""
        array = column.chunk(0)
        _, offsets, data = array.buffers()
        at = np.frombuffer(offsets, np.int32)[array.offset : array.offset + len(array) + 1]
        letters = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)
        return cls(at[:-1], np.diff(at), letters)

    def byte(self, index: int) -> np.ndarray:
        """The byte at an index of every cell; some other byte where a cell is shorter."""
        return self.letters[np.minimum(self.starts + index, len(self.letters) - 1)]

    @cached_property
    def may_be_blank(self) -> np.ndarray:
        """Cells that are empty or begin with a blank."""
        first = self.byte(0)
        return (self.lengths == 0) | (first <= SPACE) | np.isin(first, UNICODE_BLANKS)

    @cached_property
    def may_be_total(self) -> np.ndarray:
        """Cells that begin as words for a total do, or with a blank."""
        code = (self.byte(0).astype(np.int64) << 16) | (self.byte(1).astype(np.int64) << 8) | self.byte(2)
        return (self.lengths > 0) & (np.isin(code | LOWER_CASE, PREFIX_CODES) | self.may_be_blank)


def odd_rows(table: pa.Table, captions: tuple[str, ...]) -> np.ndarray:
    """Rows that may be blank, alone, a total, the header again, too wide or too long; and those right after them."""
    whole = table.combine_chunks()
    columns = [Texts.of(whole.column(index)) for index in range(whole.num_columns)]
    filled = np.zeros(whole.num_rows, np.int32)
    is_odd = _may_be_totals(columns)
    for index, column in enumerate(columns):
        filled += ~column.may_be_blank
        is_odd |= column.lengths > (TEXT_LIMIT if index < len(captions) else 0)
    is_odd |= (filled <= 1) | _may_repeat(whole, captions)
    is_odd[1:] |= is_odd[:-1].copy()
    return np.flatnonzero(is_odd)


def _may_be_totals(columns: list[Texts]) -> np.ndarray:
    is_total = columns[0].may_be_total.copy()
    left = np.flatnonzero(columns[0].lengths == 0)
    for column in columns[1:]:
        if not len(left):
            break
        is_total[left] |= column.may_be_total[left]
        left = left[column.lengths[left] == 0]
    return is_total


def _may_repeat(table: pa.Table, captions: tuple[str, ...]) -> np.ndarray:
    named = next(index for index, caption in enumerate(captions) if caption)
    trimmed = pc.utf8_trim_whitespace(table.column(named))
    return pc.is_in(trimmed, pa.array([captions[named], "\ufeff" + captions[named]])).to_numpy().astype(bool)
