"""What a row of a report is: data, a blank, a total, a repeated header, or a line that stands alone.

kind_of_row judges one row by its texts; doubtful_rows finds those of many that must be judged so, by bytes alone.
"""

from __future__ import annotations

import csv
import io
import re
from calendar import day_name, month_abbr
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitals.ingest.read.dates import looks_like_date
from vitals.ingest.read.durations import read_hours
from vitals.ingest.read.numbers import looks_like_number, read_number
from vitals.ingest.read.texts import (
    ALL_BLANKS,
    AROUND_CAPTIONS,
    BEGIN_BLANK,
    LONGEST,
    CellBytes,
    are_among,
    is_blank,
    may_be_blank,
)

DATA, BLANK, TOTAL, REPEATED, LONE = "data", "blank", "subtotal_or_total", "repeated_header", "lone"
FOOTER, WRONG_CELLS = "footer", "wrong_number_of_cells"
RAW_LIMIT = 10_000
NARROW = 3
"""Tables with fewer columns have no lines that stand alone: one filled cell is a row of theirs."""

_WORDS = "totals?|sub[ -]?totals?|grand[ -]?totals?|report[ -]totals?|overall[ -]totals?|net[ -]totals?"
_FOREIGN = (
    "(?:zwischen)?summen?|gesamt(?:summe|betrag)?|insgesamt|totale|sub-?totaal|totaal|somme|sous-total|suma|soma|summa"
    "|total g[ée]n[ée]ral|suma total|razem|celkem|totalt|i alt|yhteensä|delsumma?"
)
TOTAL_ALONE = re.compile(rf"\s*(?:{_WORDS}|{_FOREIGN}|sum|percent(?:age)? of total)\s*:?\s*", re.I)
TOTAL_OF = re.compile(r"\s*(?:sub[ -]?totals?|totals?)(?:\s+(?:for|of))?\b\W*(?P<name>.+?)\s*", re.I)
TOTAL_FOR = re.compile(r"\s*(?:sub[ -]?totals?|totals?)\s+(?:for|of)\s", re.I)
GRAND = re.compile(r"\s*(?:totals?|(?:grand|report|overall)[ -]?totals?|total g[ée]n[ée]ral)\s*:?\s*", re.I)
SETS_OFF = "*=~_"
ADORNMENT = SETS_OFF + "-" + ALL_BLANKS
SPACED = re.compile(r"(?:[^\W\d] )+[^\W\d]")
TOTAL_PREFIXES = (
    *("tot", "sub", "gra", "rep", "ove", "net", "sum", "ges", "ins", "per", "som"),
    *("zwi", "sou", "raz", "cel", "i a", "yht", "del"),
)
PAGE = re.compile(r"\bpage \d+\b", re.I)
STAMP = re.compile(
    rf"\b(?:accrual|cash)[ -]basis\b|\bgmt\b|{PAGE.pattern}|\bend of (?:report|file)\b|©|\bconfidential\b"
    r"|\b(?:generated|printed|exported|created|updated|prepared|produced|run|report|as of|retrieved)\b.*\d"
    r"|\b\d+ (?:rows?|records?|results?|items?)\b|\b(?:records|rows|count|filters?)\s*[:=]"
    rf"|\b(?:{'|'.join(day_name)})\b.*\b(?:{'|'.join(month_abbr[1:])})|^\s*(?:note|source|filters?)s?\s*:",
    re.I,
)

_INITIALS = are_among("".join(prefix[0] + prefix[0].upper() for prefix in TOTAL_PREFIXES))
_SPACED_PREFIXES = tuple(f"{prefix[0]} {prefix[1]}" for prefix in TOTAL_PREFIXES)
_PREFIX_CODES = np.array([int.from_bytes(prefix.encode(), "big") for prefix in (*TOTAL_PREFIXES, *_SPACED_PREFIXES)])
_SETS_OFF, _DASHES = are_among(SETS_OFF), are_among("- ")
_BEGIN_TOTAL = BEGIN_BLANK | _INITIALS | are_among(SETS_OFF + "-")
_LOWER_CASE = 0x202020
COMPARED, SMALL, LAST_PLAIN = 3, 0x20, 0x7F
"""So many bytes tell most cells from a caption; by which bit large and small letters differ; the last byte of ASCII."""


@dataclass
class Row:
    """One row as found: its number, its cells (fewer than the header if it is short), and what reading noticed."""

    number: int
    cells: list[str]
    text: str | None = None
    """The row as it stands in the file; None if it came from a workbook."""
    damage: str = ""
    flags: tuple[tuple[str, str], ...] = ()
    is_cut: bool = False
    """The last line of a file that doesn't end with a line end."""
    merged: dict[int, str] = field(default_factory=dict)
    """Position -> the text of a cell that reaches down to this row from one above."""

    def filled_down(self, positions: Collection[int]) -> Row:
        """The row with the texts of merged cells at these positions, flagged."""
        filled = {at: text for at, text in self.merged.items() if at in positions and not is_blank(text)}
        filled = {at: text for at, text in filled.items() if at >= len(self.cells) or is_blank(self.cells[at])}
        if not filled or not self.filled:
            return self
        cells = [*self.cells, *[""] * (max(filled) + 1 - len(self.cells))]
        for at, text in filled.items():
            cells[at] = text
        flags = (*self.flags, *(("filled_down", f"c{at}") for at in filled))
        return Row(self.number, cells, self.text, self.damage, flags)

    @cached_property
    def filled(self) -> list[int]:
        """The positions of cells that hold more than blanks."""
        return [index for index, cell in enumerate(self.cells) if not is_blank(cell)]

    @property
    def raw_text(self) -> str:
        """The row's text for the account of what was left out."""
        return (joined(self.cells) if self.text is None else self.text)[:RAW_LIMIT]

    def lone_text(self) -> str:
        """The only text of a row that has one."""
        return self.cells[self.filled[0]].strip()


def joined(cells: list[str]) -> str:
    """Cells as one line of comma-separated text."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def is_figure(text: str) -> bool:
    """Whether a cell holds an amount, a share or a duration."""
    return looks_like_number(text) or read_hours(text) is not None


def kind_of_row(row: Row, captions: tuple[str, ...], group: str = "") -> str:
    """DATA, BLANK, TOTAL, REPEATED, LONE or WRONG_CELLS, judged by the row itself and the header above it."""
    filled = row.filled
    if not filled:
        return BLANK
    if filled[-1] >= len(captions):
        return WRONG_CELLS
    if is_total(row, len(captions), group):
        return TOTAL
    if repeats(row, captions):
        return REPEATED
    return LONE if is_alone(row, len(captions)) else DATA


def unadorned(text: str) -> str:
    """The words of a cell without what sets them off, such as *** TOTAL *** or T O T A L."""
    text = text.strip(ADORNMENT)
    return text.replace(" ", "") if SPACED.fullmatch(text) else text


def is_total(row: Row, width: int, group: str = "") -> bool:
    """Whether a row sums up others: it begins with such a word and holds nothing but numbers beside it."""
    first = unadorned(row.cells[row.filled[0]])
    if first[:3].casefold() not in TOTAL_PREFIXES:
        return False
    others = [row.cells[index] for index in row.filled[1:]]
    if width < 2 or not all(map(is_figure, others)):
        return False
    if TOTAL_ALONE.fullmatch(first) or TOTAL_FOR.match(first):
        return True
    named = TOTAL_OF.fullmatch(first)
    if named is None:
        return False
    return bool(group) and named["name"].casefold() in (group.casefold(), group.rsplit(":", 1)[-1].casefold())


def may_be_total(row: Row, width: int) -> bool:
    """Whether a row begins as "Total Acme" does and holds numbers, or says "Total" beside a day: only its sums tell."""
    first = unadorned(row.cells[row.filled[0]])
    others = [row.cells[index] for index in row.filled[1:]]
    words = [text for text in others if not is_figure(text)]
    if TOTAL_ALONE.fullmatch(first):
        return len(words) < len(others) and all(looks_like_date(text.strip()) for text in words)
    return TOTAL_OF.fullmatch(first) is not None and width > NARROW and bool(others) and not words


def sums_up(row: Row, above: Sequence[Sequence[str | None]]) -> bool:
    """Whether a row that may be a total names a row above it, or each of its numbers is the sum of the same rows."""
    first, *others = row.filled
    named = TOTAL_OF.fullmatch(unadorned(row.cells[first]))
    name = named["name"].casefold() if named else None
    said = {at: figure for at in others if (figure := _figure(row.cells[at])) is not None}
    sums = dict.fromkeys(said, Decimal())
    for cells in reversed(above):
        if (cells[first] or "").strip().casefold() == name:
            return True
        sums = {at: number + (_figure(cells[at] or "") or Decimal()) for at, number in sums.items()}
        if sums == said and any(said.values()):
            return True
    return False


def _figure(text: str) -> Decimal | None:
    number = read_number(text)
    return read_hours(text) if number is None else number


def repeats(row: Row, captions: tuple[str, ...]) -> bool:
    """Whether a row is the header once more, as reports of several pages have it."""
    first = row.filled[0]
    if len(row.filled) < 2 or first >= len(captions) or not _is_same(row.cells[first], captions[first]):
        return False
    return len(row.cells) >= len(captions) and all(map(_is_same, row.cells, captions))


def _is_same(cell: str, caption: str) -> bool:
    return cell.strip(AROUND_CAPTIONS).lower() == caption.lower()


def is_alone(row: Row, width: int) -> bool:
    """Whether a row holds one text and no more, or is a stamp that its own commas cut into a few cells."""
    if width < NARROW or row.damage:
        return False
    if len(row.filled) == 1:
        return True
    return row.text is not None and len(row.cells) < width and STAMP.search(row.text) is not None


def doubtful_rows(table: pa.Table, captions: tuple[str, ...]) -> np.ndarray:
    """The places of rows that may be no data, are too wide or hold too long a text; and of those right after them."""
    whole = table.combine_chunks()
    columns = [CellBytes.of(whole.column(index).chunk(0)) for index in range(whole.num_columns)]
    is_doubtful = _may_be_totals(columns)
    for index, column in enumerate(columns):
        is_doubtful |= column.lengths > (LONGEST if index < len(captions) else 0)
    is_doubtful[_may_be_alone(columns)] = True
    is_doubtful[_may_repeat(whole, columns, captions)] = True
    is_doubtful[1:] |= is_doubtful[:-1].copy()
    return np.flatnonzero(is_doubtful)


def _may_be_alone(columns: list[CellBytes]) -> np.ndarray:
    """The places of rows of which one cell at the most surely is filled."""
    left = np.arange(len(columns[0].lengths))
    filled = np.zeros(len(left), np.int32)
    for column in columns:
        filled += ~may_be_blank(column.at(left))
        left, filled = left[filled <= 1], filled[filled <= 1]
    return left


def _may_be_totals(columns: list[CellBytes]) -> np.ndarray:
    """Rows whose first filled cell may be a word for a total."""
    left = np.arange(len(columns[0].lengths))
    is_total = np.zeros(len(left), dtype=bool)
    for column in columns:
        cells = column.at(left)
        is_total[left] = _may_be_total(cells)
        left = left[cells.lengths == 0]
    return is_total


def _may_be_total(column: CellBytes) -> np.ndarray:
    """Cells that begin as words for a total do, or with a blank, or with what sets such words off."""
    may_be = (column.lengths > 0) & _BEGIN_TOTAL[column.nth(0)]
    at = np.flatnonzero(may_be)
    first, second, third = (column.at(at).nth(index) for index in range(3))
    codes = (first.astype(np.int64) << 16) | (second.astype(np.int64) << 8) | third
    is_set_off = _SETS_OFF[first] | ((first == ord("-")) & _DASHES[second])
    may_be[at] = BEGIN_BLANK[first] | is_set_off | np.isin(codes | _LOWER_CASE, _PREFIX_CODES)
    return may_be


def _may_repeat(table: pa.Table, columns: list[CellBytes], captions: tuple[str, ...]) -> np.ndarray:
    """The places of rows that hold the first caption where the header has it."""
    named = next(index for index, caption in enumerate(captions) if caption)
    caption = captions[named].lower()
    places = np.flatnonzero(_may_begin(columns[named], caption.encode()))
    trimmed = pc.utf8_lower(pc.utf8_trim(table.column(named).take(pa.array(places)), AROUND_CAPTIONS))
    return places[pc.equal(trimmed, caption).to_numpy().astype(bool)]


def _may_begin(column: CellBytes, word: bytes) -> np.ndarray:
    """Cells that begin with the first bytes of a word, in whatever case, or with what only a closer look can tell."""
    first = column.nth(0)
    is_alike = np.ones(len(first), dtype=bool)
    for index, code in enumerate(word[:COMPARED]):
        letter = column.nth(index)
        is_alike &= (letter > LAST_PLAIN) | (letter | SMALL == code | SMALL)
    return BEGIN_BLANK[first] | (first > LAST_PLAIN) | is_alike
