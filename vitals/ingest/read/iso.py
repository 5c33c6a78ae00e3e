"""Columns of dates that are all written as ISO 8601 has them, read at once."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from vitals.ingest.read.cells import Cell

EMPTY = 0
LENGTHS = pa.array([EMPTY, len("2026-01-31"), len("2026-01-31 09:00"), len("2026-01-31 09:00:00")], pa.int32())
"""Arrow also takes 2026-01-31 09 and 2026-01-31 0900; of these lengths nothing that the exact reader doesn't."""


def moments(texts: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """The moments that cells tell, null where one is empty; None if any is written in another way."""
    sizes = pc.binary_length(texts)
    if not pc.all(pc.is_in(sizes, LENGTHS)).as_py():
        return None
    is_filled = pc.greater(sizes, EMPTY)
    filled = texts if pc.all(is_filled).as_py() else pc.if_else(is_filled, texts, None)
    try:
        return filled.cast(pa.timestamp("us"))
    except pa.ArrowInvalid:
        return None


def cast(cell: Cell, texts: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """The values of a column of dates, null where one must be read by itself; None if it isn't all written so."""
    # a time without its zone among zoned ones must be flagged, so it is read by itself
    if cell.column.kind not in ("date", "timestamp") or cell.column.name in cell.decisions.zoned:
        return None
    found = moments(texts)
    if found is None:
        return None
    first, after = (pa.scalar(moment, pa.timestamp("us")) for moment in cell.range)
    is_inside = pc.and_(pc.greater_equal(found, first), pc.less(found, after))
    inside = found if pc.all(is_inside).as_py() else pc.if_else(is_inside, found, None)
    return inside.cast(pa.date32()) if cell.column.kind == "date" else inside
