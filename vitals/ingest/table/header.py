"""Which row of a file is its header, and what a header says of the table below it: captions, titles, groups of rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from statistics import median

from vitals.contract import entities
from vitals.ingest.read.dates import looks_like_date
from vitals.ingest.read.durations import looks_like_clock
from vitals.ingest.read.month_captions import months_in
from vitals.ingest.read.numbers import looks_like_number
from vitals.ingest.read.texts import AROUND_CAPTIONS, NAME_KINDS, is_blank
from vitals.ingest.recognise import layouts
from vitals.ingest.recognise.captions import letters, undecorated
from vitals.ingest.table.rows import TOTAL_FOR, TOTAL_OF, Row

SEARCHED_ROWS = 200
COMPARED_ROWS = 40
SEARCHED_CELLS, COMPARED_CELLS = 20_000, 4_000
"""Of very wide tables fewer rows are looked at."""
FEWEST_ROWS = 5
CAPTION_LENGTH = 200
ENOUGH_KNOWN = ENOUGH_MONTHS = 2
MOSTLY = 0.7
ADDRESS = re.compile(r"\S+@\S+\.\S+|https?://\S+")
GROUPS = (
    (re.compile(r"customer|client", re.I), "Customer"),
    (re.compile(r"product|service|item", re.I), "Product/Service"),
)
OF_REPORT = re.compile(r"\b(?:by|details?|summary|list|report)\b", re.I)
"""A title that says what is grouped by what, and isn't the name of a company, which may hold "Services"."""
UNNAMED_GROUP = "Group"
PARTLY = re.compile(r"\s+with sub-?\s?(?:accounts|customers|items|projects)$", re.I)


@dataclass(frozen=True)
class TableHead:
    """What is the same for every part of a table, and for each of its rows."""

    name: str
    header: tuple[str, ...]
    """The captions as found, trimmed."""
    header_row: int
    preamble_lines: int
    group_caption: str = ""
    """The caption of the appended column that names each row's group; empty if the rows aren't grouped."""
    titles: frozenset[str] = frozenset()
    """The lines that stand alone above the header, which every page of a report may repeat."""
    closings: frozenset[str] = frozenset()
    """Names that a "Total for ..." closes: only those groups can hold other groups."""
    delimiter: str = ""
    encoding: str = ""

    @property
    def captions(self) -> tuple[str, ...]:
        """The header of the table as delivered."""
        return (*self.header, self.group_caption) if self.group_caption else self.header

    @cached_property
    def naming(self) -> frozenset[int]:
        """The positions of columns that name who or whom."""
        captions = [letters(undecorated(caption)) for caption in self.header]
        return frozenset(at for at, caption in enumerate(captions) if caption in naming_captions())

    def caption_at(self, index: int) -> str:
        """The caption over a cell; empty beyond the header."""
        return self.header[index] if index < len(self.header) else ""

    def is_heading(self, row: Row) -> bool:
        """Whether a line that stands alone is the name of the group of rows below it."""
        return bool(self.group_caption) and not self.caption_at(row.filled[0])


@cache
def known_captions() -> frozenset[str]:
    """The captions of the input contract and of every vendor layout, compared by letters and digits."""
    columns = [column for entity in entities().values() for column in entity.columns]
    ours = {caption for column in columns for caption in (column.name, *column.captions)}
    return frozenset(letters(undecorated(caption)) for caption in ours | layouts.known_captions()) - {""}


@cache
def naming_captions() -> frozenset[str]:
    """The captions of columns that name who did the work or for whom, compared by letters and digits."""
    columns = [entity.column(kind) for entity in entities().values() for kind in NAME_KINDS if entity.has(kind)]
    ours = {caption for column in columns for caption in (column.name, *column.captions, *column.hints)}
    theirs = {caption for one in layouts.layouts() for kind in NAME_KINDS for caption in one.columns.get(kind, ())}
    return frozenset(letters(undecorated(caption)) for caption in ours | theirs) - {""}


def is_value(text: str) -> bool:
    """Whether a cell is what a header never holds: a number, a date, an address."""
    text = text.strip()
    is_moment = looks_like_date(text) or looks_like_clock(text)
    return looks_like_number(text) or is_moment or ADDRESS.fullmatch(text) is not None


def known_in(row: Row) -> int:
    """How many different cells of a row are captions that exports are known to use."""
    if any(len(row.cells[index]) > CAPTION_LENGTH for index in row.filled):
        return 0
    return len({letters(undecorated(row.cells[index])) for index in row.filled} & known_captions())


def header_index(rows: Sequence[Row]) -> int | None:
    """The position of the header among a file's first rows; None if no row can be one."""
    searched = rows[: _affordable(rows[:SEARCHED_ROWS], SEARCHED_CELLS)]
    widths = [len(row.filled) for row in searched if len(row.filled) > 1]
    usual = median(widths) if widths else 1
    wide_enough = max(usual / 2, min(usual, 2))
    found = [index for index, row in enumerate(searched) if len(row.filled) >= wide_enough]
    index = next((at for at in found if _is_header(searched[at], rows[at + 1 : at + 1 + COMPARED_ROWS])), None)
    return index if index is None or not _is_band(rows, index) else index + 1


def _affordable(rows: Sequence[Row], most: int) -> int:
    """How many of the first rows hold no more cells than that together, a few at the least."""
    cells = accumulate(len(row.filled) for row in rows)
    return max(sum(count <= most for count in cells), FEWEST_ROWS)


def _is_band(rows: Sequence[Row], index: int) -> bool:
    """Whether a row only names groups of columns, and the captions stand on the next one."""
    following = rows[index + 1] if index + 1 < len(rows) else None
    if following is None or not _is_header(following, rows[index + 2 : index + 2 + COMPARED_ROWS]):
        return False
    known = known_in(following)
    return known > known_in(rows[index]) and 2 * known > len(following.filled)


def starts_section(row: Row, captions: tuple[str, ...]) -> bool:
    """Whether a row among the data is the header of another table: known captions only, other than the present ones."""
    if len(row.filled) < ENOUGH_KNOWN or row.damage or known_in(row) < ENOUGH_KNOWN:
        return False
    texts = {row.cells[index].strip(AROUND_CAPTIONS).lower() for index in row.filled}
    return not any(map(is_value, texts)) and texts != {text.lower() for text in captions if text}


def _is_header(row: Row, below: Sequence[Row]) -> bool:
    texts = [row.cells[index] for index in row.filled]
    if not texts or row.damage or any(len(text) > CAPTION_LENGTH for text in texts):
        return False
    months = months_in(texts)
    if len(months) >= ENOUGH_MONTHS:
        return not any(is_value(text) for place, text in enumerate(texts) if place not in months)
    known, values = known_in(row), sum(is_value(text) for text in texts)
    if known >= ENOUGH_KNOWN:
        return values <= len(texts) / 3
    if values:
        return False
    return known == len(texts) or contrasts(row, below)


def contrasts(row: Row, below: Sequence[Row]) -> bool:
    """Whether some column is text in this row and something else, or bears digits, in nearly all rows below."""
    below = below[: max(COMPARED_CELLS // max(len(row.filled), 1), FEWEST_ROWS)]
    for index in row.filled:
        cells = [other.cells[index] for other in below if index < len(other.cells) and not is_blank(other.cells[index])]
        if not cells or any(char.isdigit() for char in row.cells[index]):
            continue
        if sum(is_value(cell) for cell in cells) >= MOSTLY * len(cells):
            return True
        if sum(any(char.isdigit() for char in cell) for cell in cells) >= max(MOSTLY * len(cells), 1):
            return True
    return False


def captions_of(header: Row, below: Sequence[Row]) -> tuple[str, ...]:
    """The captions, trimmed; empty ones at the end that stand over nothing are not columns."""
    captions = [cell.strip() for cell in header.cells]
    deepest = max((row.filled[-1] for row in below if row.filled and len(row.cells) <= len(captions)), default=0)
    while captions and not captions[-1] and len(captions) > deepest + 1:
        captions.pop()
    return tuple(captions)


def group_caption_of(captions: tuple[str, ...], titles: Iterable[str], below: Sequence[Row]) -> str:
    """What the groups of an accounting report are called: its rows stand under a name below an empty first caption."""
    # among months a name alone is a client without sales
    if not captions or captions[0] or months_in(captions):
        return ""
    alone = [row.filled[0] for row in below if len(row.filled) == 1]
    if not any(index < len(captions) and not captions[index] for index in alone):
        return ""
    title = " ".join(line for line in titles if OF_REPORT.search(line))
    named = next((name for pattern, name in GROUPS if pattern.search(title)), UNNAMED_GROUP)
    return named if named not in captions else UNNAMED_GROUP


def closings_of(rows: Iterable[Row]) -> frozenset[str]:
    """The names of groups that have a total of their own below them."""
    firsts = [row.cells[row.filled[0]] for row in rows if row.filled]
    named = [TOTAL_OF.fullmatch(first) for first in firsts if TOTAL_FOR.match(first) or TOTAL_OF.match(first)]
    return frozenset(group_name(found["name"]) for found in named if found)


def group_name(text: str) -> str:
    """A group's own name, as headings and totals are compared by it."""
    return PARTLY.sub("", text.strip()).rsplit(":", 1)[-1].casefold()
