"""Which character parts the cells of a text file, and which first lines are notes to a program rather than text."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass

from vitals.ingest.files.records import Record, RecordCutter

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_BYTES = 256 << 10
SAMPLE_RECORDS = 400
WIDEST_BONUS = 40
SEP_LINE = re.compile(rb"sep=([^\s\"]|\t)\r?\n", re.I)
ESCAPED_QUOTE = re.compile(rb'\\"[^,;\t|\r\n"]')
DOUBLED_QUOTE = re.compile(rb'[^,;\t|\r\n"]""[^"]')
NOTE_LINE = re.compile(rb"(?:#TYPE[ \t]|#[ \t]+\S|#\s*$|//[ \t])")


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
    while NOTE_LINE.match(block, position):
        newline = block.find(b"\n", position)
        following = block[newline + 1 : newline + 2] if newline >= 0 else b""
        if not following or _is_header(block[position:newline], block[newline + 1 :][:SAMPLE_BYTES]):
            break
        position = newline + 1
    return position


def _is_header(line: bytes, rest: bytes) -> bool:
    """Whether a line that starts with # has as many cells as what follows, as the header of "# ,Client,..." has."""
    following = rest.split(b"\n", 1)[0]
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
