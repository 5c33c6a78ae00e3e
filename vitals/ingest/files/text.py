"""Delimited text becomes tables, part by part: clean stretches by columns, everything else record by record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.csv

from vitals.errors import VitalsError
from vitals.ingest.files.delimited import SAMPLE_BYTES, SAMPLE_RECORDS, Gap, GapFinder, Record, dialect_of
from vitals.ingest.files.encoding import MIXED, TextSource
from vitals.ingest.model import TextTable
from vitals.ingest.read.texts import are_among
from vitals.ingest.table.header import TableHead, captions_of, closings_of, group_caption_of, header_index
from vitals.ingest.table.layout import MANY_TABLES, MOST_TABLES, TableBuilder, TooMuchError, column_names
from vitals.ingest.table.rows import Row, doubtful_rows

FEW_BYTES, CAREFUL_BYTES = 1 << 10, 128 << 10
"""How much text is read record by record before the fast way is tried again: little where a next table began just now,
since another may begin soon, and each that does makes what was cut beyond it worthless."""
NO_HEADER = "{} has no header row that can be recognised."
NAME_COLUMNS = "Add a first row that names the columns, or export with column headings."
QUOTE, LINE_FEED, CARRIAGE_RETURN = 34, 10, 13
Ints = np.ndarray


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
        self.sections = 0
        self.careful = CAREFUL_BYTES

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
        self.gaps = GapFinder(self.dialect.delimiter, self.width)

    def _all_rows(self) -> list[Row]:
        return [self._row(record) for record in self.dialect.cutter().cut(self.text, 1, True)]

    def _advance(self, end: int, lines: int | None = None) -> None:
        self.line += self.text.count(b"\n", self.at, end) if lines is None else lines
        self.at = end

    def _consume(self, final: bool) -> None:
        size, gap = len(self.text), self.gaps.after(self.text, self.at)
        while self.at < len(self.text):
            gap = gap if self.at <= gap.start else self.gaps.after(self.text, self.at)
            if self.at == gap.start:
                self._pass_gap(gap)
                continue
            before, piece = self.at, self.text[self.at : min(self.at + size, gap.start)]
            clean = self._clean(piece)
            if clean is None and self._is_worth_trying and len(piece) > CAREFUL_BYTES:
                size = len(piece) // 4
                continue
            if clean:
                self._take_clean(piece, clean)
            else:
                self._take_records(final, gap.start)
            if self.at == before:
                return
            size = (size if clean else self.careful) * 4

    @property
    def _is_worth_trying(self) -> bool:
        return self.is_fast and not self.table.head.group_caption and not self.dialect.is_escaped

    def _clean(self, piece: bytes) -> CleanRows | None:
        if not self._is_worth_trying:
            return None
        return clean_rows(piece, self.dialect.delimiter, self.table.head.header, self.width, self.line)

    def _pass_gap(self, gap: Gap) -> None:
        """Take very many blank lines for one."""
        self.table.take(Row(self.line, []))
        self._advance(gap.end)

    def _take_records(self, final: bool, until: int) -> None:
        """Read some records one by one."""
        limit, self.careful = min(self.careful, until - self.at), min(self.careful * 2, CAREFUL_BYTES)
        for record in self.cutter.cut(self.text, self.line, final, limit, self.at):
            is_last = final and record.end == len(self.text)
            # carriage returns alone may end lines here, so that line feeds don't count them
            self._advance(record.end, record.line + record.line_count - self.line)
            if self._take(self._row(record, is_last)):
                break

    def _take_clean(self, piece: bytes, clean: CleanRows) -> None:
        """Hand plain rows on in columns and look closer at the doubtful ones."""
        following, places = 0, clean.places
        for index in clean.doubtful.tolist():
            self.table.take_clean(clean.rows.slice(following, index - following))
            raw, line = piece[places.start(index) : places.end(index)], self.line + int(places.lines[index])
            following = index + 1
            if self._take(self._row(self.cutter.cut(raw, line, True)[0])):
                return self._advance(self.at + places.end(index))
        self.table.take_clean(clean.rows.slice(following))
        return self._advance(self.at + places.end(-1), places.line_count)

    def _take(self, row: Row) -> bool:
        """Account for a row; true if it opened the next table, whose width may differ."""
        if not self.table.opens_section(row):
            self.table.take(row)
            return False
        waiting = self.table.leave_titles()
        ended = self.table.flush()
        self.done.append(replace(ended, name=ended.name or ("" if self.is_in_parts else self.title)))
        self.sections, self.careful = self.sections + 1, FEW_BYTES
        if self.sections == MOST_TABLES:
            raise TooMuchError(MANY_TABLES)
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


@dataclass(frozen=True)
class RecordPlaces:
    """The records of a text by count alone: where each ends, and on which line of the text each starts."""

    ends: Ints
    lines: Ints
    line_count: int

    def start(self, index: int) -> int:
        """Where a record begins."""
        return self.end(index - 1) if index else 0

    def end(self, index: int) -> int:
        """Where what follows a record begins."""
        return int(self.ends[index]) + 1

    @property
    def have_line_breaks(self) -> bool:
        """Whether a cell spans lines."""
        return self.line_count != len(self.ends)


@dataclass(frozen=True)
class CleanRows:
    """Records in columns, and the positions of those among them that may be no data."""

    rows: pa.Table
    places: RecordPlaces
    doubtful: Ints


def clean_rows(text: bytes, delimiter: str, captions: tuple[str, ...], width: int, line: int) -> CleanRows | None:
    """The whole records of a text as columns; None if anything in it needs the careful way."""
    places = record_places(text, ord(delimiter), width)
    if places is None:
        return None
    table = _parsed(text[: places.end(-1)], delimiter, width, places.have_line_breaks)
    if table is None or table.num_rows != len(places.ends):
        return None
    numbers = pa.array(places.lines + line, pa.int64())
    kept = table.select(column_names(len(captions))).append_column("row_number", numbers)
    return CleanRows(kept, places, doubtful_rows(table, captions))


def record_places(text: bytes, delimiter: int, width: int) -> RecordPlaces | None:
    """Count quotes and line ends; None if a quote stands otherwise than by the book, or may have swallowed records."""
    codes = np.frombuffer(text, np.uint8)
    breaks = np.flatnonzero(codes == LINE_FEED)
    if b"\0" in text or (b"\r" in text and _has_bare_returns(codes, breaks)):
        return None
    quotes = np.flatnonzero(codes == QUOTE) if b'"' in text else np.empty(0, np.int64)
    is_end = np.searchsorted(quotes, breaks) % 2 == 0
    starts = np.flatnonzero(is_end)
    if not len(starts):
        return None
    ends = breaks[starts]
    if not _is_by_the_book(codes, quotes[quotes <= ends[-1]], delimiter):
        return None
    if len(starts) < len(breaks) and _looks_swallowed(codes[: ends[-1]], breaks, is_end, delimiter, width):
        return None
    return RecordPlaces(ends, np.concatenate(([0], starts[:-1] + 1)), int(starts[-1]) + 1)


def _has_bare_returns(codes: Ints, breaks: Ints) -> bool:
    """Whether a carriage return stands without a line feed: readers disagree about what that ends."""
    returns = np.count_nonzero(codes == CARRIAGE_RETURN)
    return bool(returns != np.count_nonzero(codes[breaks - 1] == CARRIAGE_RETURN))


def _is_by_the_book(codes: Ints, quotes: Ints, delimiter: int) -> bool:
    """Whether each quote opens at a cell's start, closes at its end, or is one of a doubled pair."""
    if not len(quotes):
        return True
    if len(quotes) % 2 or quotes[-1] + 1 >= len(codes):
        return False
    before = np.where(quotes[0::2] > 0, codes[quotes[0::2] - 1], LINE_FEED)
    after = codes[quotes[1::2] + 1]
    opens = are_among((delimiter, LINE_FEED, QUOTE))[before]
    closes = are_among((delimiter, LINE_FEED, CARRIAGE_RETURN, QUOTE))[after]
    return bool(opens.all() and closes.all())


def _looks_swallowed(codes: Ints, breaks: Ints, is_end: Ints, delimiter: int, width: int) -> bool:
    """Whether a line within a quoted cell has a record's delimiters: the careful way decides about it."""
    inner = np.flatnonzero(~is_end)
    until = np.searchsorted(np.flatnonzero(codes == delimiter), breaks)
    per_line = np.diff(until, prepend=0)
    suspects = inner[inner + 1 < len(per_line)] + 1
    return width > 1 and bool((per_line[suspects] == width - 1).any())


def _parsed(text: bytes, delimiter: str, width: int, have_line_breaks: bool) -> pa.Table | None:
    """The cells of records in columns of one piece each; None if a record has more or fewer of them than width."""
    names = column_names(width)
    reading = pyarrow.csv.ReadOptions(column_names=names, block_size=len(text), use_threads=False)
    parsing = pyarrow.csv.ParseOptions(
        delimiter=delimiter, ignore_empty_lines=False, newlines_in_values=have_line_breaks
    )
    texts = dict.fromkeys(names, pa.string())
    converting = pyarrow.csv.ConvertOptions(
        column_types=texts, strings_can_be_null=False, quoted_strings_can_be_null=False
    )
    try:
        return pyarrow.csv.read_csv(pa.BufferReader(text), reading, parsing, converting)
    except pa.ArrowInvalid:
        return None
