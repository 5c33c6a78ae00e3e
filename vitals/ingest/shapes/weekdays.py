"""Hours of a week below captions that name its days, brought to one row for each day that has any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pyarrow as pa

from vitals.ingest.model import Match, TextTable
from vitals.ingest.read.dates import read_when
from vitals.ingest.read.texts import is_empty
from vitals.ingest.recognise.captions import Evidence
from vitals.ingest.shapes.shape import Cell, Position, Shape, column, set_aside, split, with_columns
from vitals.ingest.table.rows import BLANK

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LEAST = 5


@dataclass(frozen=True)
class Weekdays(Shape):
    """Hours below Mon to Sun of the week that a column begins: weekdays = captions of its {week} and of its {days}."""

    week: Position
    days: tuple[Position, ...]

    name = "weekdays"
    place = 4

    @classmethod
    def is_there(cls, said: Mapping[str, Any], evidence: Evidence) -> bool:
        """Whether hours stand below a week's working days at least."""
        return sum(len(evidence.header.find(caption)) for caption in said["days"]) >= LEAST

    @property
    def makes(self) -> Mapping[str, tuple[int, ...]]:
        """Each day is a row, with its hours."""
        return {"worked_on": (self.week, *self.days), "hours": self.days}

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """A row for each filled cell of a day; lines without any are set aside."""
        table = _without_empty(table, self.days)
        weeks, filled = column(table, self.week), _filled(table, self.days)
        made = {
            "worked_on": [_day(weeks[line], table.header[place], order) for line, place, _ in filled],
            "hours": [cell for _, _, cell in filled],
        }
        return with_columns(split(table, [line for line, _, _ in filled]), match.columns, made), 0


def _lines(table: TextTable, days: tuple[Position, ...]) -> list[tuple[Cell, ...]]:
    return list(zip(*(column(table, place) for place in days), strict=True))


def _without_empty(table: TextTable, days: tuple[Position, ...]) -> TextTable:
    empty = [all(cell is not None and is_empty(cell) for cell in cells) for cells in _lines(table, days)]
    return set_aside(table, pa.array(empty, pa.bool_()), BLANK)


def _filled(table: TextTable, days: tuple[Position, ...]) -> list[tuple[int, Position, Cell]]:
    """The filled cells line by line; of a line that ends too early only the first, missing, so that it says so."""
    found: list[tuple[int, Position, Cell]] = []
    for line, cells in enumerate(_lines(table, days)):
        filled = [(line, place, cell) for place, cell in zip(days, cells, strict=True) if not is_empty(cell)]
        found += [(line, days[0], None)] if None in cells else filled
    return found


def _day(week: Cell, caption: str, order: str | None) -> Cell:
    """The day of a caption in the week that begins there; the week as it stands where it can't be read."""
    begins = read_when(week or "", order).moment if order else None
    if begins is None:
        return week
    after = (DAYS.index(caption.strip().lower()[:3]) - begins.weekday()) % len(DAYS)
    return f"{begins + timedelta(after):%Y-%m-%d}"
