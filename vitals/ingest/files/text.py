"""Delimited text becomes tables, part by part: clean stretches by columns, everything else record by record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from vitals.errors import VitalsError
from vitals.ingest.files.delimited import SAMPLE_BYTES, SAMPLE_RECORDS, dialect_of
from vitals.ingest.files.encoding import MIXED, TextSource
from vitals.ingest.files.fast import Clean, clean_rows
from vitals.ingest.files.records import Record
from vitals.ingest.model import TextTable
from vitals.ingest.table.header import TableHead, captions_of, closings_of, group_caption_of, header_index
from vitals.ingest.table.layout import TableBuilder
from vitals.ingest.table.rows import Row

CAREFUL_BYTES = 128 << 10
"""How much text is read record by record before the fast way is tried again."""
NO_HEADER = "{} has no header row that can be recognised."
NAME_COLUMNS = "Add a first row that names the columns, or export with column headings."


def with_last(blocks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each block, and whether it is the last."""
    waiting: bytes | None = None
    for block in blocks:
        if waiting is not None:
            yield waiting, False
        waiting = block
    yield waiting or b"", True


class TextReader:
    """Reads one text file; parts() gives its tables, a large one in several parts."""

    def __init__(self, source: TextSource, name: str, *, is_fast: bool = True) -> None:
        self.source = source
        self.name = name
        self.is_fast = is_fast and source.encoding != MIXED
        self.text, self.at, self.line = b"", 0, 1
        self.done: list[TextTable] = []
        self.title = ""
        self.is_in_parts = False

    def parts(self) -> Iterator[TextTable]:
        """The tables of the file; parts of one table have the same name and header row."""
        is_started = False
        for block, final in with_last(self.source.blocks()):
            self.text, self.at = self.text[self.at :] + block, 0
            is_started = is_started or self._start(final)
            if is_started:
                self._consume(final)
                yield from self._finished(final)

    def _finished(self, final: bool) -> Iterator[TextTable]:
        if final:
            self.table.finish()
        yield from self.done
        self.done = []
        yield self.table.flush()
        self.is_in_parts = True

    def _start(self, final: bool) -> bool:
        """Find the header in the first records; VitalsError if there is none."""
        self.dialect = dialect_of(self.text, final)
        start, self.line = self.dialect.skipped_bytes, self.dialect.skipped_lines + 1
        cutter = self.dialect.cutter()
        records = cutter.cut(self.text, self.line, final, SAMPLE_BYTES, start, SAMPLE_RECORDS)
        rows = [self._row(record) for record in records]
        index = header_index(rows)
        if index is None:
            raise VitalsError(NO_HEADER.format(self.name), NAME_COLUMNS)
        titles = [row.lone_text() for row in rows[:index] if len(row.filled) == 1]
        below = [row for row in rows[index + 1 :] if not row.damage]
        if group_caption_of(captions_of(rows[index], below), titles, below) and not final:
            return False  # groups may hold each other: who closes whom is known at the end of the file
        self.title = titles[-1] if titles else f"line {rows[index].number}"
        self._open(rows[index], below, titles)
        self._advance(records[index].end)
        return True

    def _open(self, header: Row, below: list[Row], titles: list[str], section: str = "", preamble: int = 0) -> None:
        captions = tuple(cell.strip() for cell in header.cells) if section else captions_of(header, below)
        group = group_caption_of(captions, titles, below)
        head = TableHead(
            section, captions, header.number, preamble if section else header.number - 1,
            group, frozenset(titles), closings_of(self._all_rows()) if group else frozenset(),
            self.dialect.delimiter, self.source.encoding,
        )  # fmt: skip
        self.table = TableBuilder(head)
        self.width = len(header.cells)
        self.cutter = self.dialect.cutter(self.width)

    def _all_rows(self) -> list[Row]:
        return [self._row(record) for record in self.dialect.cutter().cut(self.text, 1, True)]

    def _advance(self, end: int, lines: int | None = None) -> None:
        self.line += self.text.count(b"\n", self.at, end) if lines is None else lines
        self.at = end

    def _consume(self, final: bool) -> None:
        size = len(self.text)
        while self.at < len(self.text):
            before, piece = self.at, self.text[self.at : self.at + size]
            clean = self._clean(piece)
            if clean is None and self._is_worth_trying and len(piece) > CAREFUL_BYTES:
                size = len(piece) // 4
                continue
            if clean:
                self._take_clean(piece, clean)
            else:
                self._take_records(final)
            if self.at == before:
                return
            size = size * 4 if clean else CAREFUL_BYTES * 4

    @property
    def _is_worth_trying(self) -> bool:
        return self.is_fast and not self.table.head.group_caption and not self.dialect.is_escaped

    def _clean(self, piece: bytes) -> Clean | None:
        if not self._is_worth_trying:
            return None
        return clean_rows(piece, self.dialect.delimiter, self.table.head.header, self.width, self.line)

    def _take_records(self, final: bool) -> None:
        """Read some records one by one."""
        for record in self.cutter.cut(self.text, self.line, final, CAREFUL_BYTES, self.at):
            is_last = final and record.end == len(self.text)
            # carriage returns alone may end lines here, so that line feeds don't count them
            self._advance(record.end, record.line + record.line_count - self.line)
            if self._take(self._row(record, is_last)):
                break

    def _take_clean(self, piece: bytes, clean: Clean) -> None:
        """Hand plain rows on in columns and look closer at the doubtful ones."""
        following = 0
        for index in clean.doubtful.tolist():
            self.table.take_clean(clean.rows.slice(following, index - following))
            start = int(clean.shape.ends[index - 1]) + 1 if index else 0
            line = self.line + int(clean.shape.lines[index])
            record = self.cutter.cut(piece[start : int(clean.shape.ends[index]) + 1], line, True)[0]
            following = index + 1
            if self._take(self._row(record)):
                return self._advance(self.at + int(clean.shape.ends[index]) + 1)
        self.table.take_clean(clean.rows.slice(following))
        return self._advance(self.at + clean.consumed, clean.shape.line_count)

    def _take(self, row: Row) -> bool:
        """Account for a row; true if it opened the next table, whose width may differ."""
        if not self.table.opens_section(row):
            self.table.take(row)
            return False
        waiting = self.table.leave_titles()
        ended = self.table.flush()
        self.done.append(replace(ended, name=ended.name or ("" if self.is_in_parts else self.title)))
        titles = [title.lone_text() for title in waiting if len(title.filled) == 1]
        self._open(row, [], titles, titles[-1] if titles else f"line {row.number}", len(waiting))
        return True

    def _row(self, record: Record, is_last: bool = False) -> Row:
        cells = [cell.decode() for cell in record.cells]
        is_cut = is_last and not self.text.endswith(b"\n")
        row = Row(record.line, cells, record.raw.decode(), record.damage, (), is_cut)
        if not self.source.fallback_lines.isdisjoint(range(record.line, record.line + record.raw.count(b"\n") + 1)):
            row.flags = (("encoding_fallback", "windows-1252"),)
        return row
