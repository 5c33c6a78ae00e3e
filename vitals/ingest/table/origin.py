"""Where a table comes from: its captions, the row they stand on, and what its groups of rows are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vitals.ingest.read.dates import months_in
from vitals.ingest.table.rows import TOTAL_FOR, TOTAL_OF, Row

GROUPS = (
    (re.compile(r"customer|client", re.I), "Customer"),
    (re.compile(r"product|service|item", re.I), "Product/Service"),
)
UNNAMED_GROUP = "Group"
PARTLY = re.compile(r"\s+with sub-?\s?(?:accounts|customers|items|projects)$", re.I)


@dataclass(frozen=True)
class Origin:
    """What is the same for every part of a table."""

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

    def caption_at(self, index: int) -> str:
        """The caption over a cell; empty beyond the header."""
        return self.header[index] if index < len(self.header) else ""

    def is_heading(self, row: Row) -> bool:
        """Whether a line that stands alone is the name of the group of rows below it."""
        return bool(self.group_caption) and not self.caption_at(row.filled[0])


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
    title = " ".join(titles)
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
