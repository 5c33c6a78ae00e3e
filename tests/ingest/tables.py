"""Tables for the tests of matching and reshaping, written by hand."""

from __future__ import annotations

import csv
import io

import pyarrow as pa

from vitals.ingest.model import TextTable


def table(header: list[str], *rows: list[str]) -> TextTable:
    """A text table whose first row stands on line 2."""
    cells = {"row_number": pa.array(range(2, 2 + len(rows)), pa.int64())}
    for position in range(len(header)):
        column = [row[position] if position < len(row) else None for row in rows]
        cells[f"c{position}"] = pa.array(column, pa.string())
    return TextTable("", tuple(header), pa.table(cells), 1, 0, delimiter=",")


def from_csv(text: str) -> TextTable:
    """A text table from lines of CSV, blanks at their ends stripped."""
    rows = list(csv.reader(io.StringIO("\n".join(line.strip() for line in text.strip().splitlines()))))
    return table(rows[0], *rows[1:])


def cells(found: TextTable, position: int) -> list[str | None]:
    """The cells of a column."""
    return found.rows.column(f"c{position}").to_pylist()
