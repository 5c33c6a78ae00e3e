"""Large clean text straight into columns, where an independent count proves that nothing was cut differently."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.csv

from vitals.ingest.table.layout import column_names
from vitals.ingest.table.rows import doubtful_rows

QUOTE, LINE_FEED, CARRIAGE_RETURN = 34, 10, 13
Ints = np.ndarray


@dataclass(frozen=True)
class Shape:
    """The records of a text by count alone: where each ends, and on which line of the text each starts."""

    ends: Ints
    lines: Ints
    line_count: int

    @property
    def has_line_breaks(self) -> bool:
        """Whether a cell spans lines."""
        return self.line_count != len(self.ends)


@dataclass(frozen=True)
class Clean:
    """Records in columns; doubtful are the positions of those that may be no data."""

    rows: pa.Table
    shape: Shape
    doubtful: Ints

    @property
    def consumed(self) -> int:
        """How many bytes of the text the records take."""
        return int(self.shape.ends[-1]) + 1


def clean_rows(text: bytes, delimiter: str, captions: tuple[str, ...], width: int, line: int) -> Clean | None:
    """The whole records of a text as columns; None if anything in it needs the careful way."""
    shape = shape_of(text, ord(delimiter), width)
    if shape is None:
        return None
    table = _parsed(text[: int(shape.ends[-1]) + 1], delimiter, width, shape)
    if table is None or table.num_rows != len(shape.ends):
        return None
    doubtful = doubtful_rows(table, captions)
    numbers = pa.array(shape.lines + line, pa.int64())
    kept = table.select(column_names(len(captions))).append_column("row_number", numbers)
    return Clean(kept, shape, doubtful)


def shape_of(text: bytes, delimiter: int, width: int) -> Shape | None:
    """Count delimiters, quotes and line ends; None if not every record has width cells, quoted by the book."""
    codes = np.frombuffer(text, np.uint8)
    breaks = np.flatnonzero(codes == LINE_FEED)
    if b"\0" in text or (b"\r" in text and _has_bare_returns(codes, breaks)):
        return None
    quotes = np.flatnonzero(codes == QUOTE) if b'"' in text else np.empty(0, np.int64)
    is_end = np.searchsorted(quotes, breaks) % 2 == 0
    ends = breaks[is_end]
    if not len(ends):
        return None
    used = int(ends[-1]) + 1
    commas = np.flatnonzero(codes[:used] == delimiter)
    quotes = quotes[quotes < used]
    if not _is_by_the_book(codes, quotes, delimiter):
        return None
    if not _have_cells(_outside(commas, quotes), ends, width) or _looks_swallowed(commas, breaks, is_end, width):
        return None
    starts = np.flatnonzero(is_end)
    lines = np.concatenate(([0], starts[:-1] + 1))
    return Shape(ends, lines, int(starts[-1]) + 1)


def _has_bare_returns(codes: Ints, breaks: Ints) -> bool:
    """Whether a carriage return stands without a line feed: readers disagree about what that ends."""
    returns = np.count_nonzero(codes == CARRIAGE_RETURN)
    return bool(returns != np.count_nonzero(codes[breaks - 1] == CARRIAGE_RETURN))


def _outside(commas: Ints, quotes: Ints) -> Ints:
    """The delimiters that stand outside quotes."""
    if not len(quotes):
        return commas
    opened, closed = np.searchsorted(commas, quotes).reshape(-1, 2).T
    many = closed - opened
    nth = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    is_outside = np.ones(len(commas), dtype=bool)
    is_outside[np.repeat(opened, many) + nth] = False
    return commas[is_outside]


def _have_cells(commas: Ints, ends: Ints, width: int) -> bool:
    if len(commas) != len(ends) * (width - 1):
        return False
    if width == 1:
        return True
    per_record = commas.reshape(-1, width - 1)
    return bool((per_record[:, -1] < ends).all() and (per_record[1:, 0] > ends[:-1]).all())


def _is_by_the_book(codes: Ints, quotes: Ints, delimiter: int) -> bool:
    """Whether each quote opens at a cell's start, closes at its end, or is one of a doubled pair."""
    if not len(quotes):
        return True
    if len(quotes) % 2 or quotes[-1] + 1 >= len(codes):
        return False
    before = np.where(quotes[0::2] > 0, codes[quotes[0::2] - 1], LINE_FEED)
    after = codes[quotes[1::2] + 1]
    opens = np.isin(before, (delimiter, LINE_FEED, QUOTE))
    closes = np.isin(after, (delimiter, LINE_FEED, CARRIAGE_RETURN, QUOTE))
    return bool(opens.all() and closes.all())


def _looks_swallowed(commas: Ints, breaks: Ints, is_end: Ints, width: int) -> bool:
    """Whether a line within a quoted cell has a record's delimiters: the careful way decides about it."""
    inner = np.flatnonzero(~is_end)
    if not len(inner) or width == 1:
        return False
    until = np.searchsorted(commas, breaks)
    per_line = np.diff(until, prepend=0)
    suspects = inner[inner + 1 < len(per_line)] + 1
    return bool((per_line[suspects] == width - 1).any())


def _parsed(text: bytes, delimiter: str, width: int, shape: Shape) -> pa.Table | None:
    names = column_names(width)
    reading = pyarrow.csv.ReadOptions(column_names=names, block_size=4 << 20)
    parsing = pyarrow.csv.ParseOptions(
        delimiter=delimiter, ignore_empty_lines=False, newlines_in_values=shape.has_line_breaks
    )
    texts = dict.fromkeys(names, pa.string())
    converting = pyarrow.csv.ConvertOptions(
        column_types=texts, strings_can_be_null=False, quoted_strings_can_be_null=False
    )
    try:
        return pyarrow.csv.read_csv(pa.BufferReader(text), reading, parsing, converting)
    except pa.ArrowInvalid:
        return None
