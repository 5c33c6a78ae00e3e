"""Which rows among many may be no data, found from the bytes of their cells without a Python string for each."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitals.ingest.table.columns import TEXT_LIMIT
from vitals.ingest.table.letters import Letters, which
from vitals.ingest.table.rows import TOTAL_PREFIXES

LOWER_CASE = 0x202020
BLANKS = which([*range(ord(" ") + 1), 0xC2, 0xE1, 0xE2, 0xE3])
"""First bytes of blanks; other letters that begin as those beyond ASCII do only cost a second look."""
INITIALS = which("".join(prefix[0] + prefix[0].upper() for prefix in TOTAL_PREFIXES))
SPACED = tuple(f"{prefix[0]} {prefix[1]}" for prefix in TOTAL_PREFIXES)
PREFIX_CODES = np.array([int.from_bytes(prefix.encode(), "big") for prefix in (*TOTAL_PREFIXES, *SPACED)])
ADORNMENTS, DASHES = which("*=~_"), which("- ")


def may_be_blank(column: Letters) -> np.ndarray:
    """Cells that are empty or begin with a blank."""
    return (column.lengths == 0) | BLANKS[column.nth(0)]


def _may_be_total(column: Letters) -> np.ndarray:
    """Cells that begin as words for a total do, or with a blank, or with what sets such words off."""
    first = column.nth(0)
    is_dash = first == ord("-")
    may_be = (column.lengths > 0) & (BLANKS[first] | INITIALS[first] | ADORNMENTS[first] | is_dash)
    at = np.flatnonzero(may_be)
    codes = (first[at].astype(np.int64) << 16) | (column.nth(1)[at].astype(np.int64) << 8) | column.nth(2)[at]
    is_set_off = ADORNMENTS[first[at]] | (is_dash[at] & DASHES[column.nth(1)[at]])
    may_be[at] = BLANKS[first[at]] | is_set_off | np.isin(codes | LOWER_CASE, PREFIX_CODES)
    return may_be


def odd_rows(table: pa.Table, captions: tuple[str, ...]) -> np.ndarray:
    """Rows that may be blank, alone, a total, the header again, too wide or too long; and those right after them."""
    whole = table.combine_chunks()
    columns = [Letters.of(whole.column(index).chunk(0)) for index in range(whole.num_columns)]
    filled = np.zeros(whole.num_rows, np.int32)
    is_odd = _may_be_totals(columns)
    for index, column in enumerate(columns):
        filled += ~may_be_blank(column)
        is_odd |= column.lengths > (TEXT_LIMIT if index < len(captions) else 0)
    is_odd |= (filled <= 1) | _may_repeat(whole, captions)
    is_odd[1:] |= is_odd[:-1].copy()
    return np.flatnonzero(is_odd)


def _may_be_totals(columns: list[Letters]) -> np.ndarray:
    is_total = _may_be_total(columns[0])
    left = np.flatnonzero(columns[0].lengths == 0)
    for column in columns[1:]:
        if not len(left):
            break
        is_total[left] |= _may_be_total(column)[left]
        left = left[column.lengths[left] == 0]
    return is_total


def _may_repeat(table: pa.Table, captions: tuple[str, ...]) -> np.ndarray:
    named = next(index for index, caption in enumerate(captions) if caption)
    trimmed = pc.utf8_lower(pc.utf8_trim_whitespace(table.column(named)))
    caption = captions[named].lower()
    return pc.is_in(trimmed, pa.array([caption, "\ufeff" + caption])).to_numpy().astype(bool)
