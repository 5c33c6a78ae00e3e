"""The rows that reach no number as a file to take away: CSV and XLSX, in which no cell can act as a formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vitals import warehouse
from vitals.exports import tables

QUERY = "metrics.left_out_first"
ALL_ROWS = 2**62
CAPTIONS = {
    "file_name": "File", "entity": "Kind of row", "row_number": "Row", "fate": "What happened", "words": "Why",
    "column_name": "Column", "value": "Cell", "raw_text": "Row as found", "stands_for": "Counts in its place",
}  # fmt: skip
Row = dict[str, Any]


def rows(con: warehouse.Connection, load_id: int | None = None) -> list[Row]:
    """The rows of one load, or of all, that reach no number, under the captions of the file."""
    found = warehouse.rows(con, QUERY, kinds=None, load_id=load_id, at_most=ALL_ROWS)
    return [{caption: row[name] for name, caption in CAPTIONS.items()} for row in found]


def as_xlsx(found: Sequence[Row]) -> bytes:
    """The rows as a workbook."""
    return tables.as_xlsx(found, dict.fromkeys(CAPTIONS.values(), ""), "Left out")
