"""The cells of a column as bytes, to be judged all at once without a Python string for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from vitals.ingest.read.texts import ALL_BLANKS


@dataclass(frozen=True)
class CellBytes:
    """The UTF-8 bytes of all cells of a column, and where in them each cell stands."""

    starts: np.ndarray
    lengths: np.ndarray
    bytes: np.ndarray

    @classmethod
    def of(cls, texts: pa.StringArray) -> CellBytes:
        """The buffers of an array; a null is a cell without bytes."""
        _, offsets, data = texts.buffers()
        at = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
        found = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)
        return cls(at[:-1], np.diff(at), found)

    def nth(self, index: int) -> np.ndarray:
        """The byte at an index of every cell; some other byte where a cell is shorter."""
        return self.bytes[np.minimum(self.starts + index, len(self.bytes) - 1)]

    def last(self) -> np.ndarray:
        """The last byte of every cell; some other byte where a cell is empty."""
        return self.bytes[np.maximum(self.starts + self.lengths - 1, 0)]

    def used(self) -> np.ndarray:
        """The bytes of all cells, one after the other."""
        return self.bytes[self.starts[0] : self.starts[-1] + self.lengths[-1]] if len(self.starts) else self.bytes[:0]


def are_among(codes: str | Iterable[int]) -> np.ndarray:
    """A table to look bytes up in: true for these."""
    table = np.zeros(256, dtype=bool)
    table[list(codes.encode() if isinstance(codes, str) else codes)] = True
    return table


BEGIN_BLANK = are_among({letter.encode()[0] for letter in ALL_BLANKS})
"""First bytes of blanks; other letters that begin as those beyond ASCII do only cost a second look."""


def may_be_blank(column: CellBytes) -> np.ndarray:
    """Cells that are empty or begin as a blank does: of all others none is_blank."""
    return (column.lengths == 0) | BEGIN_BLANK[column.nth(0)]
