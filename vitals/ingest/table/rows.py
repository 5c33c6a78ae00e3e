"""What one row of a report is: data, a blank, a total, a repeated header, or a line that stands alone."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import cached_property

DATA, BLANK, TOTAL, REPEATED, LONE = "data", "blank", "subtotal_or_total", "repeated_header", "lone"
FOOTER, WRONG_CELLS = "footer", "wrong_number_of_cells"
RAW_LIMIT = 10_000
NARROW = 3
"""Tables with fewer columns have no lines that stand alone: one filled cell is a row of theirs."""

_WORDS = "totals?|sub[ -]?totals?|grand[ -]?totals?|report[ -]totals?|overall[ -]totals?|net[ -]totals?"
_FOREIGN = "summen?|gesamt(?:summe|betrag)?|insgesamt|totale|totaal|somme|suma|soma|total g[ée]n[ée]ral|suma total"
TOTAL_ALONE = re.compile(rf"\s*(?:{_WORDS}|{_FOREIGN}|sum|percent(?:age)? of total)\s*:?\s*", re.I)
TOTAL_OF = re.compile(r"\s*(?:sub[ -]?totals?|totals?)(?:\s+(?:for|of))?\b\W*(?P<name>.+?)\s*", re.I)
TOTAL_FOR = re.compile(r"\s*(?:sub[ -]?totals?|totals?)\s+(?:for|of)\s", re.I)
GRAND = re.compile(r"\s*(?:totals?|(?:grand|report|overall)[ -]?totals?|total g[ée]n[ée]ral)\s*:?\s*", re.I)
ADORNMENT = "*=~_-" + "".join(filter(str.isspace, map(chr, range(0x3001))))
SPACED = re.compile(r"(?:[^\W\d] )+[^\W\d]")
TOTAL_PREFIXES = ("tot", "sub", "gra", "rep", "ove", "net", "sum", "ges", "ins", "per", "som")
NUMBER = re.compile(r"(?:[A-Z]{3}\s?)?[-+−(\s$€£¥]*[\d.,][\d.,'’:\s  ]*[-)%\s]*(?:CR|DR|[A-Z]{3}|[$€£¥])?", re.I)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
STAMP = re.compile(
    r"\b(?:accrual|cash)[ -]basis\b|\bgmt\b|\bpage \d+\b|\bend of (?:report|file)\b|©|\bconfidential\b"
    r"|\b(?:generated|printed|exported|created|updated|prepared|produced|run|report|as of|retrieved)\b.*\d"
    r"|\b\d+ (?:rows?|records?|results?|items?)\b|\b(?:records|rows|count|filters?)\s*[:=]"
    rf"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*\b(?:{_MONTHS})|^\s*(?:note|source|filters?)s?\s*:",
    re.I,
)

BLANKS = "\ufeff \t\r\n\x0b\x0c\xa0"
"""What may stand around a caption: files that were put together have byte order marks within them."""
PAGE = re.compile(r"\bpage \d+\b", re.I)


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

    @cached_property
    def filled(self) -> list[int]:
        """The positions of cells that hold more than blanks."""
        return [index for index, cell in enumerate(self.cells) if cell and not cell.isspace()]

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


def is_number(text: str) -> bool:
    """Whether a cell looks like an amount, a share or a duration."""
    return any(char.isdigit() for char in text) and NUMBER.fullmatch(text.strip()) is not None


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
    if width < 2 or not all(is_number(cell) for cell in others):
        return False
    if TOTAL_ALONE.fullmatch(first) or TOTAL_FOR.match(first):
        return True
    named = TOTAL_OF.fullmatch(first)
    if named is None:
        return False
    is_groups = bool(group) and named["name"].casefold() in (group.casefold(), group.rsplit(":", 1)[-1].casefold())
    return is_groups or (width > NARROW and bool(others) and len(others) + 1 <= width // 2)


def repeats(row: Row, captions: tuple[str, ...]) -> bool:
    """Whether a row is the header once more, as reports of several pages have it."""
    first = row.filled[0]
    if len(row.filled) < 2 or first >= len(captions) or not _is_same(row.cells[first], captions[first]):
        return False
    return len(row.cells) >= len(captions) and all(map(_is_same, row.cells, captions))


def _is_same(cell: str, caption: str) -> bool:
    return cell.strip(BLANKS).lower() == caption.lower()


def is_alone(row: Row, width: int) -> bool:
    """Whether a row holds one text and no more, or is a stamp that its own commas cut into a few cells."""
    if width < NARROW or row.damage:
        return False
    if len(row.filled) == 1:
        return True
    return row.text is not None and len(row.cells) < width and STAMP.search(row.text) is not None
