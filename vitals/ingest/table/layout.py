"""The tables that stand among rows, with an account of every row below a header: delivered, set aside, or damaged."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from vitals.ingest.model import Flag, LeftOut, TextTable
from vitals.ingest.read.texts import LONGEST
from vitals.ingest.table import rows as kinds
from vitals.ingest.table.header import (
    SEARCHED_ROWS,
    TableHead,
    captions_of,
    closings_of,
    group_caption_of,
    group_name,
    header_index,
    starts_section,
)  # fmt: skip
from vitals.ingest.table.rows import Row, kind_of_row

CUT_WARNING = "The last line does not end with a line end: the export may be cut."
INCOMPLETE = "The last line is incomplete: the export may be cut."
PIECE_CELLS = 2_000_000
MOST_LEFT_OUT = 100_000
"""So many rows may be no rows of their table before it counts whether more are: each costs more than one that is."""
MOST_SUMMED, MOST_SUMS = 10_000, 500_000
"""For a row that may be a total, so many rows above are added up, and so many in all for a table."""
MOST_TABLES = 500
"""What files of many tables cost is told by their tables, not by their size."""
MANY_LEFT_OUT = "More than {:,} of its rows, and most of those up to row {:,}, are blank, totals or can't be read."
MANY_TABLES = f"It holds more than {MOST_TABLES} tables, sheets or files."


class TooMuchError(Exception):
    """A file holds so much of what is no data that reading it to its end would take for ever; the message says what."""


def column_names(width: int) -> list[str]:
    """c0, c1, ... for every position of a header."""
    return [f"c{index}" for index in range(width)]


class DeliveredRows:
    """Collects rows one by one and whole batches, in order, so that a large file needs no list of all its cells."""

    def __init__(self, width: int) -> None:
        self.width = width
        texts = [pa.field(name, pa.string()) for name in column_names(width)]
        self.schema = pa.schema([*texts, pa.field("row_number", pa.int64())])
        self.done: list[pa.Table] = []
        self.count = 0
        self.numbers: list[int] = []
        self.rows: list[list[str | None]] = []

    def add_row(self, number: int, cells: list[str | None]) -> str:
        """Add one row, a cell for each column; the name of the column whose text was cut, if any."""
        shortened = ""
        for index, cell in enumerate(cells):
            if cell is not None and len(cell) > LONGEST:
                cells[index], shortened = cell[:LONGEST], f"c{index}"
        self.count += 1
        self.numbers.append(number)
        self.rows.append(cells)
        if len(self.rows) * self.width > PIECE_CELLS:
            self._close_piece()
        return shortened

    def add_table(self, rows: pa.Table) -> None:
        """Add rows that are already in columns of this table's names."""
        self._close_piece()
        self.count += rows.num_rows
        self.done.append(rows)

    def last(self, most: int) -> list[list[str | None]]:
        """The last rows added."""
        found = self.rows[-most:] if most > 0 else []
        for table in reversed(self.done):
            tail = table.slice(max(table.num_rows - (most - len(found)), 0)).select(column_names(self.width))
            found = [
                list(cells) for cells in zip(*(column.to_pylist() for column in tail.columns), strict=True)
            ] + found
            if len(found) >= most:
                break
        return found

    def _close_piece(self) -> None:
        if self.rows:
            texts = [pa.array(column, pa.string()) for column in zip(*self.rows, strict=True)]
            self.done.append(pa.Table.from_arrays([*texts, pa.array(self.numbers, pa.int64())], schema=self.schema))
            self.numbers, self.rows = [], []

    def table(self) -> pa.Table:
        """Everything added, in order."""
        self._close_piece()
        return pa.concat_tables(self.done) if self.done else self.schema.empty_table()


@dataclass
class TakenRows:
    """What happened to the rows of one part of a table."""

    delivered: DeliveredRows
    set_aside: list[LeftOut] = field(default_factory=list)
    quarantined: list[LeftOut] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    totals: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        """How many rows are no rows of the table."""
        return len(self.set_aside) + len(self.quarantined)

    def as_table(self, head: TableHead) -> TextTable:
        """The rows as a table with their account."""
        return TextTable(
            name=head.name, header=head.captions, rows=self.delivered.table(),
            header_row=head.header_row, preamble_lines=head.preamble_lines,
            set_aside=tuple(self.set_aside), quarantined=tuple(self.quarantined), flags=tuple(self.flags),
            warnings=tuple(self.warnings), totals=tuple(self.totals), titles=tuple(sorted(head.titles)),
            delimiter=head.delimiter, encoding=head.encoding,
        )  # fmt: skip


class TableBuilder:
    """Takes rows in their order; what a blank or a lone line is, is decided by what follows it."""

    def __init__(self, head: TableHead) -> None:
        self.head = head
        self.taken = TakenRows(DeliveredRows(len(head.captions)))
        self.waiting: list[Row] = []
        self.groups: list[str] = []
        self.is_after_total = False
        self.is_ragged = False
        self.summable = MOST_SUMS
        self.delivered, self.left_out = 0, 0
        """Of the parts that were flushed."""

    @property
    def group(self) -> str:
        """The name of the innermost group, "Parent:Child" if it stands in another."""
        return ":".join(self.groups)

    def opens_section(self, row: Row) -> bool:
        """Whether this row is the header of a next table rather than a row of this one."""
        is_set_off = bool(self.waiting) or self.is_after_total or len(row.cells) != len(self.head.header)
        return is_set_off and starts_section(row, self.head.header)

    def leave_titles(self) -> list[Row]:
        """Give up the waiting rows: they are the titles of the next table."""
        titles, self.waiting = self.waiting, []
        return titles

    def take(self, row: Row) -> None:
        """Account for one row."""
        row = row.filled_down(self.head.naming) if row.merged else row
        kind = kind_of_row(row, self.head.header, self.groups[-1] if self.groups else "")
        if kind == kinds.DATA and kinds.may_be_total(row, len(self.head.header)) and self._sums_up(row):
            kind = kinds.TOTAL
        if row.damage or kind == kinds.WRONG_CELLS:
            self._settle_waiting()
            self.taken.quarantined.append(LeftOut(row.number, row.damage or kind, row.raw_text))
        elif kind in (kinds.BLANK, kinds.LONE):
            self.waiting.append(row)
        elif kind == kinds.DATA:
            self._settle_waiting()
            self._deliver(row)
        else:
            self._settle_waiting(is_total=kind == kinds.TOTAL)
            self._leave(row, kind)
            if kind == kinds.TOTAL:
                self._note_total(row)
        self._refuse_too_many(row.number)

    def _refuse_too_many(self, number: int) -> None:
        """Stop where most of very many rows are no rows of the table."""
        left_out = self.left_out + self.taken.left_out + len(self.waiting)
        if left_out > MOST_LEFT_OUT and left_out > self.delivered + self.taken.delivered.count:
            raise TooMuchError(MANY_LEFT_OUT.format(MOST_LEFT_OUT, number))

    def _sums_up(self, row: Row) -> bool:
        above = self.taken.delivered.last(min(MOST_SUMMED, self.summable))
        self.summable -= len(above)
        return kinds.sums_up(row, above)

    def take_clean(self, rows: pa.Table) -> None:
        """Take rows that are all plain data, already in columns."""
        if rows.num_rows:
            self._settle_waiting()
            self.taken.delivered.add_table(rows)

    def _settle_waiting(self, is_total: bool = False) -> None:
        """Decide what the waiting rows were, now that more of the table follows."""
        for row in self.waiting:
            if not row.filled:
                self._leave(row, kinds.BLANK)
            elif self.head.is_heading(row):
                self._open_group(row)
            elif row.lone_text() in self.head.titles:
                self._leave(row, kinds.REPEATED)
            elif kinds.STAMP.search(row.raw_text) and (is_total or kinds.PAGE.search(row.raw_text)):
                self._leave(row, kinds.FOOTER)
            else:
                self._deliver(row)
        self.waiting = []
        self.is_after_total = self.is_after_total and is_total

    def _open_group(self, row: Row) -> None:
        if not (self.groups and group_name(self.groups[-1]) in self.head.closings):
            self.groups = []
        self.groups.append(row.lone_text())
        self._leave(row, kinds.TOTAL)

    def _leave(self, row: Row, reason: str) -> None:
        self.taken.set_aside.append(LeftOut(row.number, reason, row.raw_text))

    def _note_total(self, row: Row) -> None:
        """Keep a grand total to check the rows by, and close the group that a group's own total ends."""
        first = kinds.unadorned(row.cells[row.filled[0]])
        if kinds.GRAND.fullmatch(first):
            width = len(self.head.captions)
            self.taken.totals.append((row.number, tuple((row.cells + [""] * width)[:width])))
            self.is_after_total = True
        named = kinds.TOTAL_OF.fullmatch(first)
        names = [group_name(group) for group in self.groups]
        if named and group_name(named["name"]) in names:
            self.groups = self.groups[: names.index(group_name(named["name"]))]

    def _deliver(self, row: Row) -> None:
        width = len(self.head.header)
        cells: list[str | None] = list(row.cells[:width])
        # a row of a sheet ends where nothing more was typed; a line of text ends too early
        is_short = len(cells) < width and row.text is not None
        if row.is_cut:
            self.taken.warnings.append(INCOMPLETE if is_short else CUT_WARNING)
        if is_short and row.is_cut and not self.is_ragged:
            # what stands last in it may be cut as well, such as 77 of 77.50
            self.taken.quarantined.append(LeftOut(row.number, kinds.WRONG_CELLS, row.raw_text))
            return
        self.is_ragged = self.is_ragged or is_short
        cells += [None if is_short else ""] * (width - len(cells))
        if self.head.group_caption:
            cells.append(self.group)
        self._add(row, cells)
        if row.is_cut and not is_short:
            self.taken.flags.append(Flag(row.number, "no_final_newline"))

    def _add(self, row: Row, cells: list[str | None]) -> None:
        shortened = self.taken.delivered.add_row(row.number, cells)
        self.taken.flags += [Flag(row.number, flag, detail) for flag, detail in row.flags]
        if shortened:
            self.taken.flags.append(Flag(row.number, "text_shortened", shortened))

    def finish(self) -> None:
        """Decide about the rows at the end: notes below a table are footers, blanks after its last row are nothing."""
        while self.waiting and not self.waiting[-1].filled:
            self.waiting.pop()
        is_set_off = self.is_after_total
        for row in self.waiting:
            is_set_off = is_set_off or not row.filled
            if not row.filled:
                self._leave(row, kinds.BLANK)
            elif self._is_footer(row, is_set_off):
                self._leave(row, kinds.FOOTER)
            elif self.head.is_heading(row):
                self._open_group(row)
            else:
                self._deliver(row)
        self.waiting = []

    def _is_footer(self, row: Row, is_set_off: bool) -> bool:
        text = row.lone_text() if len(row.filled) == 1 else row.raw_text
        if kinds.STAMP.search(text):
            return True
        if row.is_cut or kinds.is_figure(text) or (self.head.is_heading(row) and not self.is_after_total):
            return False
        return (row.text is not None and len(row.cells) == 1) or (is_set_off and row.filled[0] == 0)

    def flush(self) -> TextTable:
        """The part of the table taken since the last flush."""
        part = self.taken.as_table(self.head)
        self.delivered += part.rows.num_rows
        self.left_out += self.taken.left_out
        self.taken = TakenRows(DeliveredRows(len(self.head.captions)))
        return part


class RowsInColumns(Sequence[Row]):
    """The rows of a sheet that are held in columns, so that plain ones can be taken many at once."""

    @abstractmethod
    def plain_from(self, at: int, head: TableHead) -> pa.Table:
        """The rows from a position on that are plain data of a table, up to the first that needs a closer look."""


def tables_in(rows: Sequence[Row], name: str) -> list[TextTable]:
    """The tables of one sheet from top to bottom; none if no row can be a header."""
    index = header_index(rows)
    if index is None:
        return []
    tables: list[TextTable] = []
    table = _table(rows, index, name, rows[index].number - 1)
    at = index + 1
    while at < len(rows):
        at += _taken_at_once(rows, at, table)
        if at == len(rows):
            break
        row = rows[at]
        if table.opens_section(row):
            titles = table.leave_titles()
            tables.append(table.flush())
            if len(tables) == MOST_TABLES:
                raise TooMuchError(MANY_TABLES)
            table = _table(rows, at, _section(name, titles, row), len(titles))
        else:
            table.take(row)
        at += 1
    table.finish()
    return [*tables, table.flush()]


def _taken_at_once(rows: Sequence[Row], at: int, table: TableBuilder) -> int:
    """How many rows were plain enough to be taken together."""
    if not isinstance(rows, RowsInColumns) or table.waiting or table.is_after_total:
        return 0
    plain = rows.plain_from(at, table.head)
    table.take_clean(plain)
    return plain.num_rows


def _section(name: str, titles: list[Row], header: Row) -> str:
    found = [row.lone_text() for row in titles if len(row.filled) == 1]
    return f"{name} {found[-1] if found else f'row {header.number}'}".strip()


def _table(rows: Sequence[Row], index: int, name: str, preamble: int) -> TableBuilder:
    below = rows[index + 1 : index + 1 + SEARCHED_ROWS]
    captions = captions_of(rows[index], below)
    titles = frozenset(row.lone_text() for row in rows[:index] if len(row.filled) == 1)
    group = group_caption_of(captions, [row.raw_text for row in rows[:index]], below)
    closings = closings_of(rows) if group else frozenset()
    return TableBuilder(TableHead(name, captions, rows[index].number, preamble, group, titles, closings))
