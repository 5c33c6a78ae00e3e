"""Walks down the rows below a header and accounts for every one: delivered, set aside, or damaged."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from vitals.ingest.model import Flag, LeftOut, TextTable
from vitals.ingest.table import rows as kinds
from vitals.ingest.table.columns import Pieces
from vitals.ingest.table.header import starts_section
from vitals.ingest.table.origin import Origin, group_name
from vitals.ingest.table.rows import Row, kind_of_row

CUT_WARNING = "The last line does not end with a line end: the export may be cut."
INCOMPLETE = "The last line is incomplete: the export may be cut."


@dataclass
class Account:
    """What happened to the rows of one part of a table."""

    pieces: Pieces
    set_aside: list[LeftOut] = field(default_factory=list)
    quarantined: list[LeftOut] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    totals: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    def part_of(self, origin: Origin) -> TextTable:
        """The account as a table."""
        return TextTable(
            name=origin.name, header=origin.captions, rows=self.pieces.table(),
            header_row=origin.header_row, preamble_lines=origin.preamble_lines,
            set_aside=tuple(self.set_aside), quarantined=tuple(self.quarantined), flags=tuple(self.flags),
            warnings=tuple(self.warnings), totals=tuple(self.totals), titles=tuple(sorted(origin.titles)),
            delimiter=origin.delimiter, encoding=origin.encoding,
        )  # fmt: skip


class Walker:
    """Takes rows in their order; what a blank or a lone line is, is decided by what follows it."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.account = Account(Pieces(len(origin.captions)))
        self.waiting: list[Row] = []
        self.groups: list[str] = []
        self.is_after_total = False
        self.is_ragged = False

    @property
    def group(self) -> str:
        """The name of the innermost group, "Parent:Child" if it stands in another."""
        return ":".join(self.groups)

    def opens_section(self, row: Row) -> bool:
        """Whether this row is the header of a next table rather than a row of this one."""
        is_set_off = bool(self.waiting) or self.is_after_total or len(row.cells) != len(self.origin.header)
        return is_set_off and starts_section(row, self.origin.header)

    def leave_titles(self) -> list[Row]:
        """Give up the waiting rows: they are the titles of the next table."""
        titles, self.waiting = self.waiting, []
        return titles

    def take(self, row: Row) -> None:
        """Account for one row."""
        kind = kind_of_row(row, self.origin.header, self.groups[-1] if self.groups else "")
        if row.damage or kind == kinds.WRONG_CELLS:
            self._settle_waiting()
            self.account.quarantined.append(LeftOut(row.number, row.damage or kind, row.raw_text))
        elif kind in (kinds.BLANK, kinds.LONE):
            self.waiting.append(row)
        elif kind == kinds.DATA:
            self._settle_waiting()
            self._deliver(row)
        else:
            self._settle_waiting(is_total=kind == kinds.TOTAL)
            self._leave(row, kind)
            self._note_total(row, kind)

    def take_clean(self, rows: pa.Table) -> None:
        """Take rows that are all plain data, already in columns."""
        if rows.num_rows:
            self._settle_waiting()
            self.account.pieces.add_table(rows)

    def _settle_waiting(self, is_total: bool = False) -> None:
        """Decide what the waiting rows were, now that more of the table follows."""
        for row in self.waiting:
            if not row.filled:
                self._leave(row, kinds.BLANK)
            elif self.origin.is_heading(row):
                self._open_group(row)
            elif row.lone_text() in self.origin.titles:
                self._leave(row, kinds.REPEATED)
            elif kinds.STAMP.search(row.raw_text) and (is_total or kinds.PAGE.search(row.raw_text)):
                self._leave(row, kinds.FOOTER)
            else:
                self._deliver(row)
        self.waiting = []
        self.is_after_total = self.is_after_total and is_total

    def _open_group(self, row: Row) -> None:
        if not (self.groups and group_name(self.groups[-1]) in self.origin.closings):
            self.groups = []
        self.groups.append(row.lone_text())
        self._leave(row, kinds.TOTAL)

    def _leave(self, row: Row, reason: str) -> None:
        self.account.set_aside.append(LeftOut(row.number, reason, row.raw_text))

    def _note_total(self, row: Row, kind: str) -> None:
        first = kinds.unadorned(row.cells[row.filled[0]])
        if kind != kinds.TOTAL:
            return
        if kinds.GRAND.fullmatch(first):
            width = len(self.origin.captions)
            self.account.totals.append((row.number, tuple((row.cells + [""] * width)[:width])))
            self.is_after_total = True
        named = kinds.TOTAL_OF.fullmatch(first)
        names = [group_name(group) for group in self.groups]
        if named and group_name(named["name"]) in names:
            self.groups = self.groups[: names.index(group_name(named["name"]))]

    def _deliver(self, row: Row) -> None:
        width = len(self.origin.header)
        cells: list[str | None] = list(row.cells[:width])
        # a row of a sheet ends where nothing more was typed; a line of text ends too early
        is_short = len(cells) < width and row.text is not None
        if row.is_cut:
            self.account.warnings.append(INCOMPLETE if is_short else CUT_WARNING)
        if is_short and row.is_cut and not self.is_ragged:
            # what stands last in it may be cut as well, such as 77 of 77.50
            self.account.quarantined.append(LeftOut(row.number, kinds.WRONG_CELLS, row.raw_text))
            return
        self.is_ragged = self.is_ragged or is_short
        cells += [None if is_short else ""] * (width - len(cells))
        if self.origin.group_caption:
            cells.append(self.group)
        self._add(row, cells)
        if row.is_cut and not is_short:
            self.account.flags.append(Flag(row.number, "no_final_newline"))

    def _add(self, row: Row, cells: list[str | None]) -> None:
        shortened = self.account.pieces.add_row(row.number, cells)
        self.account.flags += [Flag(row.number, flag, detail) for flag, detail in row.flags]
        if shortened:
            self.account.flags.append(Flag(row.number, "text_shortened", shortened))

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
            elif self.origin.is_heading(row):
                self._open_group(row)
            else:
                self._deliver(row)
        self.waiting = []

    def _is_footer(self, row: Row, is_set_off: bool) -> bool:
        text = row.lone_text() if len(row.filled) == 1 else row.raw_text
        if kinds.STAMP.search(text):
            return True
        if row.is_cut or kinds.is_number(text) or (self.origin.is_heading(row) and not self.is_after_total):
            return False
        return (row.text is not None and len(row.cells) == 1) or (is_set_off and row.filled[0] == 0)

    def flush(self) -> TextTable:
        """The part of the table taken since the last flush."""
        part = self.account.part_of(self.origin)
        self.account = Account(Pieces(len(self.origin.captions)))
        return part
