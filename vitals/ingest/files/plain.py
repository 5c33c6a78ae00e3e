"""A sheet in columns, as the fast reader tells it whole: plain rows are taken many at once, all others one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, overload

import numpy as np
import pyarrow as pa

from vitals.ingest.files.rendering import value_text
from vitals.ingest.read.cell_bytes import CellBytes, may_be_blank
from vitals.ingest.read.texts import is_blank
from vitals.ingest.table.header import TableHead
from vitals.ingest.table.layout import RowsInColumns, column_names
from vitals.ingest.table.rows import Row, doubtful_rows

LONGEST_GAP = 10_000
BLOCK_ROWS = 8192
"""So many rows are looked at together, since the next table, whose captions differ, may begin after any of them."""


def column_texts(values: list[Any]) -> list[str]:
    """The texts of a column's values, each different value written once."""
    kinds = set(map(type, values))
    if kinds == {str}:
        return values
    if bool in kinds:
        # true is the same as 1 where values are looked up
        return [value_text(value) for value in values]
    texts = {value: value_text(value) for value in set(values)}
    return [texts[value] for value in values]


class PlainSheet(RowsInColumns):
    """The rows of a sheet that hold something, and blank ones between; a very wide gap is worth no account."""

    def __init__(self, values: Iterable[list[Any]], hidden: Collection[int] = ()) -> None:
        rows = list(values)
        width = len(rows[0]) if rows else 0
        self.columns = [column_texts([row[place] for row in rows]) for place in range(width)]
        self.hidden = hidden
        texts = [pa.array(column, pa.string()) for column in self.columns]
        self.table = pa.table(texts, names=column_names(width)) if texts else pa.table({})
        self.places = self._places()
        self.looked_at, self.captions = (0, 0), tuple[str, ...]()
        self.doubtful = np.array([], dtype=np.int64)

    def _places(self) -> np.ndarray:
        """Where in the sheet the rows stand, from 0."""
        filled = np.flatnonzero(~self._are_blank())
        is_kept = np.zeros(self.table.num_rows, dtype=bool)
        if len(filled):
            is_kept[filled[0] : filled[-1] + 1] = True
        for at in np.flatnonzero(np.diff(filled) > LONGEST_GAP + 1).tolist():
            is_kept[filled[at] + 1 : filled[at + 1]] = False
        return np.flatnonzero(is_kept)

    def _are_blank(self) -> np.ndarray:
        are_blank = np.ones(self.table.num_rows, dtype=bool)
        for column in self.table.columns:
            are_blank &= may_be_blank(CellBytes.of(column.combine_chunks()))
        for place in np.flatnonzero(are_blank).tolist():
            are_blank[place] = all(is_blank(column[place]) for column in self.columns)
        return are_blank

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return [self._row(place) for place in self.places[at].tolist()]
        return self._row(int(self.places[at]))

    def _row(self, place: int) -> Row:
        row = Row(place + 1, [column[place] for column in self.columns])
        if not row.filled:
            return Row(place + 1, [])
        if row.number in self.hidden:
            row.flags = (("hidden_row", ""),)
        return row

    def plain_from(self, at: int, head: TableHead) -> pa.Table:
        """The rows from a position on that are plain data of a table, up to the first that needs a closer look."""
        if head.group_caption or len(head.header) != len(self.columns):
            return self.table.slice(0, 0)
        first, end = self.looked_at
        if not first <= at < end or self.captions != head.captions:
            end = self._look_at(at, head.captions)
        doubtful = self.doubtful[np.searchsorted(self.doubtful, at) :]
        return self._rows(at, int(doubtful[0]) if len(doubtful) else end)

    def _look_at(self, at: int, captions: tuple[str, ...]) -> int:
        """Find the doubtful rows from a position on; how far that went."""
        self.looked_at, self.captions = (at, min(at + BLOCK_ROWS, len(self))), captions
        rows = self._rows(*self.looked_at)
        is_hidden = np.isin(rows["row_number"].to_numpy(), np.array(list(self.hidden), dtype=np.int64))
        doubtful = doubtful_rows(rows.drop_columns(["row_number"]), captions)
        self.doubtful = at + np.union1d(doubtful, np.flatnonzero(is_hidden))
        return self.looked_at[1]

    def _rows(self, first: int, end: int) -> pa.Table:
        places = self.places[first:end]
        is_whole = len(places) and places[-1] - places[0] == len(places) - 1
        rows = self.table.slice(places[0], len(places)) if is_whole else self.table.take(pa.array(places))
        return rows.append_column("row_number", pa.array(places + 1, pa.int64()))
