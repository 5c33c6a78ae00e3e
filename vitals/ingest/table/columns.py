"""Rows of cells become columns of text, in pieces, so that a large file needs no list of all its cells."""

from __future__ import annotations

import pyarrow as pa

TEXT_LIMIT = 32_767
"""The longest text a cell keeps, which is what a spreadsheet's cell can hold."""
PIECE_CELLS = 2_000_000


def column_names(width: int) -> list[str]:
    """c0, c1, ... for every position of a header."""
    return [f"c{index}" for index in range(width)]


def schema_of(width: int) -> pa.Schema:
    """The schema of a table's rows: their numbers and a text column for every position."""
    texts = [pa.field(name, pa.string()) for name in column_names(width)]
    return pa.schema([*texts, pa.field("row_number", pa.int64())])


class Pieces:
    """Collects rows one by one and whole batches, in order."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.schema = schema_of(width)
        self.done: list[pa.Table] = []
        self.numbers: list[int] = []
        self.rows: list[list[str | None]] = []

    def add_row(self, number: int, cells: list[str | None]) -> str:
        """Add one row, short rows filled with nulls; the name of the column whose text was cut, if any."""
        shortened = ""
        for index, cell in enumerate(cells):
            if cell is not None and len(cell) > TEXT_LIMIT:
                cells[index], shortened = cell[:TEXT_LIMIT], f"c{index}"
        self.numbers.append(number)
        self.rows.append(cells)
        if len(self.rows) * self.width > PIECE_CELLS:
            self._close_piece()
        return shortened

    def add_table(self, rows: pa.Table) -> None:
        """Add rows that are already in columns of this table's names."""
        self._close_piece()
        self.done.append(rows)

    def _close_piece(self) -> None:
        if self.rows:
            padded = [cells + [None] * (self.width - len(cells)) for cells in self.rows]
            texts = [pa.array(column, pa.string()) for column in zip(*padded, strict=True)]
            self.done.append(pa.Table.from_arrays([*texts, pa.array(self.numbers, pa.int64())], schema=self.schema))
            self.numbers, self.rows = [], []

    def table(self) -> pa.Table:
        """Everything added, in order."""
        self._close_piece()
        return pa.concat_tables(self.done) if self.done else self.schema.empty_table()
