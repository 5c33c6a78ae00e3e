"""How a sheet falls into printed pages: as wide as one of them, and nothing is parted that belongs together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from xlsxwriter.worksheet import Worksheet

PAGE_WIDE, PAGE_HIGH = 10.69 * 96, 7.07 * 96
"""What the margins leave of a page, in pixels of a sheet."""
SPARE = 0.95
"""Programs differ a little in how high they draw a row."""
WIDE_SCALE = 60
MOST_ON_A_PAGE = 18
"""Columns that a printed page can hold; wider sheets go on to the right."""
ROW, BEGINNING = 20, 3
"""How high a row is where nothing is said, and how many rows of a table stay with its caption."""


@dataclass
class Printing:
    """A sheet that is being written, with what of it stays on one page."""

    sheet: Worksheet
    kept: list[tuple[int, int]] = field(default_factory=list)

    def keep(self, first: int, last: int) -> None:
        """Rows that no page's end parts."""
        self.kept.append((first, last))

    def keep_table(self, top: int, first: int, total: int) -> None:
        """A table's caption with its first rows, and its total with its last."""
        self.keep(top, min(first + BEGINNING - 1, total))
        self.keep(max(total - 2, top), total)

    def lay_out(self, widths: Iterable[float], rows: int, repeated: int) -> None:
        """Set where pages end; so many rows at the top are repeated on every page."""
        columns = [round(wide * 7) + 5 for wide in widths]
        scale = min(PAGE_WIDE / max(sum(columns), 1), 1.0)
        if len(columns) > MOST_ON_A_PAGE:
            scale = WIDE_SCALE / 100
            self.sheet.set_print_scale(WIDE_SCALE)
            self.sheet.repeat_columns(0)
        heights = [self.sheet.row_sizes.get(row, (ROW,))[0] for row in range(rows)]
        self.sheet.set_h_pagebreaks(ends(heights, self.kept, SPARE * PAGE_HIGH / scale, repeated))


def ends(heights: Sequence[float], kept: Sequence[tuple[int, int]], room: float, repeated: int) -> list[int]:
    """The rows with which a new page begins; rows that are kept together and fit a page aren't parted."""
    upto = [0, *accumulate(heights)]
    found, begin, head = list[int](), 0, 0.0
    for row in range(len(heights)):
        if head + upto[row + 1] - upto[begin] > room:
            begin = min((first for first, last in kept if begin < first <= row <= last), default=row)
            head = upto[repeated]
            found.append(begin)
    return found
