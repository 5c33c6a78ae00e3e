"""How delimited text is cut into records and cells: by which character, and where each begins and ends.

A damaged record never takes its neighbours along.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_BYTES = 256 << 10
SAMPLE_RECORDS = 400
WIDEST_BONUS = 40
LONGEST_NOTE = 200
"""Of a line that may be a note, as much as tells whether it is one."""
SEP_LINE = re.compile(rb"sep=([^\s\"]|\t)\r?\n", re.I)
ESCAPED_QUOTE = re.compile(rb'\\"[^,;\t|\r\n"]')
DOUBLED_QUOTE = re.compile(rb'[^,;\t|\r\n"]""[^"]')
NOTE_LINE = re.compile(rb"(?:#TYPE[ \t]|#[ \t]+\S|#\s*$|//[ \t])")

SPAN_BYTES = 4 << 20
"""The longest quoted cell that is believed; beyond it the quote was never closed."""
RESCAN_BYTES = 64 << 20
MOST_CELLS = 16_384
"""As many columns as a spreadsheet has: what follows in a record stays in one piece, which is no cell of any table."""
PARTS_TRIED = 1_000
LONGEST_GAP, ALIKE = 10_000, 100
"""More blank lines than that, of which so many are written alike, are a gap that holds no rows worth an account."""
CLEARLY_WIDE, HARDLY_WIDE = 6, 3
UNCLOSED, NUL = "unclosed_quote", "nul_byte"
ESCAPED = re.compile(rb'\\(["\\])')
BARE_RETURN = re.compile(rb"\r(?!\n)")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the physical line it starts on, its cells, its bytes as found, and what is wrong with it."""

    line: int
    cells: list[bytes]
    raw: bytes
    end: int
    """Where the next record starts in the text that was cut."""
    damage: str = ""
    is_unwrapped: bool = False
    """Whether the whole record stood in quotes, as a single cell."""

    @property
    def line_count(self) -> int:
        """How many physical lines it takes."""
        return self.raw.count(b"\n") + 1


class _DamagedError(Exception):
    """A quote was opened and not closed, so far as can be told."""


class _MoreError(Exception):
    """The text ended inside a quoted cell and more text is to come."""


class RecordCutter:
    """Cuts text into records; it remembers what it spent on quotes that never close, so that no file takes for ever."""

    def __init__(self, delimiter: str, width: int = 0, is_wrapped: bool = False, is_escaped: bool = False) -> None:
        self.delimiter = delimiter.encode()
        self.width = width
        self.is_wrapped = is_wrapped
        self.is_escaped = is_escaped
        self.budget = RESCAN_BYTES

    @cached_property
    def _closing(self) -> re.Pattern[bytes]:
        return re.compile(rb'"[ ]*(?:%s|\r*\n|\r*\Z)' % re.escape(self.delimiter))

    @cached_property
    def _cell_end(self) -> re.Pattern[bytes]:
        return re.compile(rb"%s|\n|\Z" % re.escape(self.delimiter))

    @cached_property
    def _blank_then_quote(self) -> re.Pattern[bytes]:
        return re.compile(rb'[ ]*"')

    def cut(
        self, text: bytes, line: int, final: bool, limit: int = 0, start: int = 0, most: int = sys.maxsize
    ) -> list[Record]:
        """The records of text from start, as many as are complete (all if final), about limit bytes if given."""
        records: list[Record] = []
        stop = min(start + (limit or len(text)), len(text))
        while start < stop and len(records) < most:
            try:
                record = self._record(text, start, line, final)
            except _MoreError:
                break
            records += self._parted(record, start)
            line = records[-1].line + records[-1].line_count
            start = record.end
        return records

    def _parted(self, record: Record, start: int) -> list[Record]:
        """A record as it is meant: several if carriage returns alone end lines, unwrapped if it was quoted whole."""
        if self.is_wrapped and len(record.cells) == 1 and self.delimiter in record.cells[0]:
            return [self._unwrapped(record)]
        is_whole = len(record.cells) == self.width and not record.damage
        if is_whole or not self.width or not BARE_RETURN.search(record.raw):
            return [record]
        cutter = RecordCutter(self.delimiter.decode(), self.width, is_escaped=self.is_escaped)
        lines = BARE_RETURN.sub(b"\n", record.raw)
        for most in (PARTS_TRIED, sys.maxsize):
            parts = cutter.cut(lines, record.line, True, most=most)
            if any(part.damage or len(part.cells) != self.width for part in parts):
                return [record]
        return [*(replace(part, end=start + part.end) for part in parts[:-1]), replace(parts[-1], end=record.end)]

    def _unwrapped(self, record: Record) -> Record:
        """The record that stood in quotes as a whole."""
        inner = RecordCutter(self.delimiter.decode()).cut(record.cells[0], record.line, True)
        is_one = len(inner) == 1 and not inner[0].damage
        return replace(record, cells=inner[0].cells, is_unwrapped=True) if is_one else record

    def _record(self, text: bytes, start: int, line: int, final: bool) -> Record:
        newline = text.find(b"\n", start)
        if newline < 0 and not final:
            raise _MoreError
        end = len(text) if newline < 0 else newline + 1
        raw = text[start:end].removesuffix(b"\n").removesuffix(b"\r")
        if b'"' not in raw:
            return Record(line, raw.split(self.delimiter, MOST_CELLS), raw, end, NUL if b"\0" in raw else "")
        try:
            cells, end = self._quoted_cells(text, start, final)
        except _DamagedError:
            return Record(line, raw.split(self.delimiter, MOST_CELLS), raw, end, UNCLOSED)
        raw = text[start:end].removesuffix(b"\n").removesuffix(b"\r")
        return Record(line, cells, raw, end, NUL if b"\0" in raw else "")

    def _quoted_cells(self, text: bytes, start: int, final: bool) -> tuple[list[bytes], int]:
        cells, position, spans_lines = [], start, False
        while True:
            cell, after = self._cell(text, position, final)
            cells.append(cell)
            spans_lines = spans_lines or b"\n" in text[position:after]
            if text[after : after + 1] != self.delimiter:
                break
            if len(cells) > MOST_CELLS:
                raise _DamagedError
            position = after + 1
        newline = text.find(b"\n", after)
        end = len(text) if newline < 0 else newline + 1
        if spans_lines and self._swallowed_records(text[start:after]):
            raise _DamagedError
        return cells, end

    def _cell(self, text: bytes, position: int, final: bool) -> tuple[bytes, int]:
        """The cell that starts at position, and where its delimiter or line end stands."""
        opening = self._blank_then_quote.match(text, position)
        if opening:
            opened = opening.end() - 1
            closed = self._closing_quote(text, opened, final)
            after = closed + 1
            while text[after : after + 1] == b" ":
                after += 1
            return self._meant(text[opened + 1 : closed]), after
        found = self._cell_end.search(text, position)
        after = found.start() if found else len(text)
        is_last = text[after : after + 1] != self.delimiter
        cell = text[position:after]
        return (cell.removesuffix(b"\r") if is_last else cell), after

    def _meant(self, quoted: bytes) -> bytes:
        """The text of a quoted cell as it was before quotes in it were marked."""
        return ESCAPED.sub(rb"\1", quoted) if self.is_escaped else quoted.replace(b'""', b'"')

    def _is_escaped_at(self, text: bytes, position: int) -> bool:
        """Whether a quote stands after a backslash that is itself no escaped one."""
        first = position
        while self.is_escaped and text[first - 1 : first] == b"\\":
            first -= 1
        return (position - first) % 2 == 1

    def _closing_quote(self, text: bytes, opened: int, final: bool) -> int:
        reach = min(len(text), opened + (SPAN_BYTES if self.budget > 0 else self._line_left(text, opened)))
        position = opened + 1
        while True:
            position = text.find(b'"', position, reach)
            if position < 0:
                self._give_up(opened, reach, may_come=reach == len(text) and not final and self.budget > 0)
            elif self._is_escaped_at(text, position):
                position += 1
            elif text[position + 1 : position + 2] == b'"':
                position += 2
            elif self._closing.match(text, position):
                if not final and position + 3 > len(text):
                    raise _MoreError
                return position
            elif position > opened + 1 and text[position - 1 : position] in (self.delimiter, b"\n"):
                self._give_up(opened, position, may_come=False)
            else:
                position += 1

    def _line_left(self, text: bytes, opened: int) -> int:
        newline = text.find(b"\n", opened)
        return (len(text) if newline < 0 else newline) - opened

    def _give_up(self, opened: int, reached: int, may_come: bool) -> None:
        if may_come:
            raise _MoreError
        self.budget -= reached - opened
        raise _DamagedError

    def _swallowed_records(self, record: bytes) -> bool:
        """Whether a record of several lines holds lines that are records by themselves: its quote was left open."""
        if self.width < HARDLY_WIDE:
            return False
        inner = [line.rstrip(b"\r") for line in record.split(b"\n")[1:-1]]
        whole = [line.count(self.delimiter) == self.width - 1 for line in inner if line.strip()]
        if whole and all(whole) and (self.width >= CLEARLY_WIDE or len(whole) > 1):
            return True
        last = record.rsplit(b"\n", 1)[1]
        inside, _, outside = last.partition(b'"')
        return self.delimiter in inside and b'"' not in outside and last.count(self.delimiter) == self.width - 1


class Gap(NamedTuple):
    """Where very many blank lines begin and end in a text; both at its end if there are none."""

    start: int
    end: int


class GapFinder:
    """Finds very many blank lines, as spreadsheets append them to exports, at the price of a search for a few bytes."""

    def __init__(self, delimiter: str, width: int) -> None:
        mark = delimiter.encode()
        self.alike = [
            (cells + end) * ALIKE for cells in {b"", mark * (width - 1)} for end in (b"\n", b"\r\n")
        ]  # fmt: skip
        cell = rb'(?:""|[ \t]*+)'
        self.lines = re.compile(rb"(?:%s(?:%s%s)*+\r?\n)++" % (cell, re.escape(mark), cell))

    def after(self, text: bytes, start: int) -> Gap:
        """The first gap from a position on, at which a line begins."""
        while (found := self._alike(text, start)) >= 0:
            first = found if found == start else text.find(b"\n", found - 1) + 1
            lines = self.lines.match(text, first)
            start = lines.end() if lines else found + ALIKE
            if lines and text.count(b"\n", first, start) > LONGEST_GAP:
                return Gap(first, start)
        return Gap(len(text), len(text))

    def _alike(self, text: bytes, start: int) -> int:
        found = [text.find(lines, start) for lines in self.alike]
        return min((place for place in found if place >= 0), default=-1)


@dataclass(frozen=True)
class Dialect:
    """How a text is cut: its delimiter, and how many lines and bytes of notes stand before the text."""

    delimiter: str
    skipped_lines: int = 0
    skipped_bytes: int = 0
    is_wrapped: bool = False
    """Whether each record stands in quotes as a whole, as a program that took it for one cell writes it."""
    is_escaped: bool = False
    """Whether quotes within quoted cells stand after backslashes, as databases write them, and are not doubled."""

    def cutter(self, width: int = 0) -> RecordCutter:
        """What cuts a text into its records."""
        return RecordCutter(self.delimiter, width, self.is_wrapped, self.is_escaped)


def dialect_of(block: bytes, final: bool) -> Dialect:
    """The delimiter that cuts the first records most evenly; a sep= line overrules if it fits at all."""
    hint = SEP_LINE.match(block)
    hinted = hint.group(1).decode("latin-1") if hint else ""
    skipped = _skip_notes(block, hint.end() if hint else 0)
    sample = block[skipped : skipped + SAMPLE_BYTES]
    is_all = final and skipped + SAMPLE_BYTES >= len(block)
    is_escaped = bool(ESCAPED_QUOTE.search(sample)) and not DOUBLED_QUOTE.search(sample)
    candidates = (hinted,) if hinted and evenness(sample, hinted, is_all, is_escaped) else DELIMITERS
    scored = [(evenness(sample, delimiter, is_all, is_escaped), -index) for index, delimiter in enumerate(candidates)]
    best, lines = candidates[-max(scored)[1]], block.count(b"\n", 0, skipped)
    wrapping = next((mark for mark in DELIMITERS if _is_wrapped(sample, mark, is_all)), "")
    return Dialect(wrapping or best, lines, skipped, bool(wrapping), is_escaped)


def _is_wrapped(sample: bytes, delimiter: str, is_all: bool) -> bool:
    """Whether most records are one quoted cell that holds as many cells again as the first record."""
    if sample.count(b'"') <= sample.count(b"\n"):
        return False
    records = [record for record in sample_records(sample, delimiter, is_all, is_wrapped=True) if record.raw.strip()]
    unwrapped = [record for record in records if record.is_unwrapped]
    return 2 * len(unwrapped) > len(records) and {len(record.cells) for record in unwrapped} == {len(records[0].cells)}


def _skip_notes(block: bytes, start: int) -> int:
    """Past #TYPE and comment lines; a caption such as "#" or "#Ticket,Client" is no comment."""
    position = start
    while NOTE_LINE.match(block, position, position + LONGEST_NOTE):
        newline = block.find(b"\n", position)
        following = block[newline + 1 : newline + 2] if newline >= 0 else b""
        if not following or _is_header(block[position:newline], block, newline + 1):
            break
        position = newline + 1
    return position


def _is_header(line: bytes, block: bytes, after: int) -> bool:
    """Whether a line that starts with # has as many cells as what follows, as the header of "# ,Client,..." has."""
    newline = block.find(b"\n", after, after + SAMPLE_BYTES)
    following = block[after : newline if newline >= 0 else after + SAMPLE_BYTES]
    if line.startswith(b"#TYPE") or following.startswith(b"#"):
        return False
    return any(0 < line.count(mark) == following.count(mark) for mark in (b",", b";", b"\t", b"|"))


def evenness(sample: bytes, delimiter: str, is_all: bool, is_escaped: bool = False) -> float:
    """How well a delimiter cuts: the share of records with the commonest number of cells, times how many those are."""
    cut = sample_records(sample, delimiter, is_all, is_escaped=is_escaped)
    records = [record for record in cut if record.raw.strip()]
    widths = Counter(len(record.cells) for record in records if len(record.cells) > 1)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1] * math.log(item[0] + 1), item[0]))
    return (count / len(records)) ** 2 * math.log(min(width, WIDEST_BONUS))


def sample_records(
    sample: bytes, delimiter: str, is_all: bool, is_wrapped: bool = False, is_escaped: bool = False
) -> list[Record]:
    """The first records of a text as one delimiter would cut them."""
    cutter = RecordCutter(delimiter, is_wrapped=is_wrapped, is_escaped=is_escaped)
    return cutter.cut(sample, 1, is_all, most=SAMPLE_RECORDS) or cutter.cut(sample, 1, True, most=SAMPLE_RECORDS)
