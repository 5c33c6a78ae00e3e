"""A vendor's shape of a table brought to one row per record and one column per meaning, all still text."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pyarrow as pa

from vitals.ingest.model import Match, TextTable
from vitals.ingest.shapes import absences, documents, folding, monthly, worklogs
from vitals.ingest.shapes.making import RULES, Cell

SAID = {"stars_5": "Satisfaction of 1 to 5 is read as happy (4 and 5), neutral (3) and unhappy (1 and 2)."}
"""What is said of a file whose cells are made by a rule."""
WHOLE = ("*fold", "*devices", "*group", "*gross", "*worklog", "*months", "*span")


def needs_whole_table(match: Match) -> bool:
    """Whether rows far apart belong together, so that the table can't be reshaped in batches."""
    return any(rule in match.rules for rule in WHOLE)


def reshape(table: TextTable, match: Match, order: str | None = None) -> tuple[TextTable, int]:
    """The table as the match means it, and how many of its rows were folded into others (negative if split).

    len(rows) + folded + set_aside + quarantined stays what it was, except for work logs, tables by month and absences,
    whose entries, amounts and days are rows of a table of their own. The order of day and month of their first and last
    days is None before it is decided.
    """
    if "*worklog" in match.rules:
        return worklogs.entries(table, match), 0
    if "*months" in match.rules:
        return monthly.by_month(table, match), 0
    if "*span" in match.rules:
        return absences.by_day(table, match, order), 0
    table = _about_rows(table, match)
    table, folded = _to_records(table, match)
    table = _made(table, match)
    table, split = _by_technician(table, match)
    return table, folded + split


def _about_rows(table: TextTable, match: Match) -> TextTable:
    if "*cap" in match.rules:
        table = folding.warned_if_cut(table, match.rules["*cap"], match.system)
    if "*group" in match.rules and table.header and not table.header[0].strip():
        table = folding.filled_down(table)
    if "*rows" in match.rules:
        table = folding.without_other_documents(table, match.rules["*rows"])
    if "*gross" in match.rules:
        table = documents.without_held_tax(table, match.rules["*gross"])
    if "*empty" in match.rules:
        mapped = sorted({at for at in match.columns.values() if at < len(table.header)})
        table = folding.cleared(table, match.rules["*empty"], mapped)
    return table


def _to_records(table: TextTable, match: Match) -> tuple[TextTable, int]:
    if "*fold" in match.rules:
        return folding.folded(table, match.rules["*fold"])
    if "*devices" in match.rules:
        return folding.counted(table, int(match.rules["*devices"]) - 1, match.columns["endpoints"])
    return table, 0


def _made(table: TextTable, match: Match) -> TextTable:
    """The table with every made column appended, in the order of their positions."""
    for name, position in sorted(match.columns.items(), key=lambda pair: pair[1]):
        rule, _, sources = match.rules.get(name, "").partition(":")
        if sources and rule in RULES:
            numbers = [int(number) - 1 for number in sources.split(",")]
            table = folding.with_column(table, position, _cells(table, rule, numbers), name)
            table = replace(table, warnings=(*table.warnings, SAID[rule])) if rule in SAID else table
    return table


def _cells(table: TextTable, rule: str, positions: list[int]) -> pa.Array:
    """The made cells; alike ones are made once."""
    if len(positions) == 1:
        return folding.each(table, positions[0], lambda cell: _filled(RULES[rule](cell), (cell,)))
    make = cache(RULES[rule])
    absent = [None] * table.rows.num_rows
    columns = [folding.column(table, at) if at >= 0 else absent for at in positions]
    return pa.array([_filled(make(*cells), cells) for cells in zip(*columns, strict=True)], pa.string())


def _filled(made: Cell, cells: tuple[Cell, ...]) -> Cell:
    """An empty cell, or none at all where the row is too short to have the cells that this one is made of."""
    return "" if made is None and any(cell is not None for cell in cells) else made


def _by_technician(table: TextTable, match: Match) -> tuple[TextTable, int]:
    """Time entries of several people as one for each; a ticket stays one row and names them all."""
    is_list = match.rules.get("technician", "").startswith("resources_list")
    if not is_list or match.entity != "time_entries":
        return table, 0
    return folding.split_people(
        table, match.columns["technician"], match.columns["hours"], match.columns.get("entry_id")
    )
