"""A vendor's shape of a table brought to one row per record and one column per meaning, all still text."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pyarrow as pa

from vitals.ingest.model import MadeColumn, Match, Step, TextTable
from vitals.ingest.shapes.cells import Cell, column, each, with_column
from vitals.ingest.shapes.made import FUNCTIONS, stars_5
from vitals.ingest.shapes.records import SharedHours

SAID = {stars_5.__name__: "Satisfaction of 1 to 5 is read as happy (4 and 5), neutral (3) and unhappy (1 and 2)."}
"""What is said of a file whose cells are made by a function."""


class MadeColumns(Step):
    """The columns that are made of others, whatever the shape."""

    name = "made"
    place = 70

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """The table with every made column appended, in the order of their positions."""
        for name, made in sorted(match.made.items(), key=lambda pair: match.columns[pair[0]]):
            table = with_column(table, match.columns[name], _cells(table, made), name)
            said = [SAID[made.function]] if made.function in SAID else []
            table = replace(table, warnings=(*table.warnings, *said))
        return table, 0


def _cells(table: TextTable, made: MadeColumn) -> pa.Array:
    """The made cells; alike ones are made once."""
    function = FUNCTIONS[made.function]
    if len(made.sources) == 1 and made.sources[0] is not None:
        return each(table, made.sources[0], lambda cell: _filled(function(cell), (cell,)))
    make, absent = cache(function), [None] * table.rows.num_rows
    columns = [absent if position is None else column(table, position) for position in made.sources]
    return pa.array([_filled(make(*cells), cells) for cells in zip(*columns, strict=True)], pa.string())


def _filled(made: Cell, cells: tuple[Cell, ...]) -> Cell:
    """An empty cell, or none at all where the row is too short to have the cells that this one is made of."""
    return "" if made is None and any(cell is not None for cell in cells) else made


ALWAYS = (MadeColumns(), SharedHours())


def needs_whole_table(match: Match) -> bool:
    """Whether rows far apart belong together, so that the table can't be reshaped in batches."""
    return any(shape.needs_whole_table for shape in match.shapes)


def reshape(table: TextTable, match: Match, order: str | None = None) -> tuple[TextTable, int]:
    """The table as the match means it, and how many of its rows were folded into others (negative if split).

    len(rows) + folded + set_aside + quarantined stays what it was, except for work logs, tables by month and absences,
    whose entries, amounts and days are rows of a table of their own. The order of day and month of their first and last
    days is None before it is decided.
    """
    rows_folded = 0
    for step in sorted((*match.shapes, *ALWAYS), key=lambda step: step.place):
        table, folded = step.apply(table, match, order)
        rows_folded += folded
    return table, rows_folded
