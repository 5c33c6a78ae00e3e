"""Time entries that stand inside the cells of a ticket: comment;date;account;seconds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import NamedTuple

import pyarrow as pa

from vitals.ingest.model import LeftOut, Match, TextTable
from vitals.ingest.recognise.captions import Header
from vitals.ingest.recognise.evidence import is_empty
from vitals.ingest.recognise.rulebook import WORKLOG_COLUMNS
from vitals.ingest.shapes.folding import column

PARTS = 4
PEOPLE = ("Assignee", "Reporter", "Creator", "Project lead", "Persona asignada", "Informador", "Creador")


class Entry(NamedTuple):
    """One logged piece of work, its cells still text."""

    entry_id: str
    ticket_id: str
    worked_on: str
    hours: str
    technician: str


def entries(table: TextTable, match: Match) -> TextTable:
    """A table with a row for each logged piece of work, numbered in order; cells that are no log are quarantined."""
    key, logs = match.rules["*worklog"].split(";")
    tickets = column(table, int(key) - 1)
    names = _people(table)
    found, wrong, count = list[Entry](), list[LeftOut](), Counter[str]()
    for cell, ticket in _logged(table, [int(number) - 1 for number in logs.split(",")], tickets):
        count[ticket] += 1
        entry = _entry(cell, ticket, names, count[ticket])
        if entry is None:
            wrong.append(LeftOut(len(found) + len(wrong) + 1, "hours_not_readable", f"{ticket}: {cell}", "hours", cell))
        else:
            found.append(entry)
    return _as_table(table, match, found, wrong)


def _logged(table: TextTable, positions: list[int], tickets: list[str | None]) -> list[tuple[str, str]]:
    """Every filled cell of the log columns with its ticket, ticket by ticket."""
    columns = [column(table, position) for position in positions]
    return [
        (cell, ticket or "")
        for row, ticket in enumerate(tickets)
        for cells in columns
        if (cell := cells[row]) and not is_empty(cell)
    ]


def _entry(cell: str, ticket: str, names: dict[str, str], number: int) -> Entry | None:
    """A log's cell taken apart from the right: its comment may hold semicolons and lines."""
    parts = [part.strip() for part in cell.rsplit(";", PARTS - 1)]
    if len(parts) != PARTS or not parts[3].lstrip("-").isdigit():
        return None
    _, when, account, seconds = parts
    return Entry(f"{ticket}#{number}", ticket, when, seconds, names.get(account, account))


def _people(table: TextTable) -> dict[str, str]:
    """Account -> name, from the columns that give both of a person."""
    header = Header.of(table.header)
    names: dict[str, str] = {}
    for caption in PEOPLE:
        people = header.find(caption)
        accounts = [at for option in _account_captions(caption) for at in header.find(option)]
        if people and accounts:
            pairs = zip(column(table, accounts[0]), column(table, people[0]), strict=True)
            names.update({account: name for account, name in pairs if account and name})
    return names


def _account_captions(caption: str) -> tuple[str, ...]:
    return (f"{caption} Id", f"ID de la {caption}", f"ID del {caption}")


def _as_table(table: TextTable, match: Match, found: list[Entry], wrong: list[LeftOut]) -> TextTable:
    """The entries as a table of their own, in the positions that the match gives them."""
    count, width = len(found), len(table.header)
    cells = {"row_number": pa.array(range(1, count + 1), pa.int64())}
    cells |= {f"c{position}": pa.nulls(count, pa.string()) for position in range(width)}
    for name in WORKLOG_COLUMNS:
        cells[f"c{match.columns[name]}"] = pa.array([getattr(entry, name) for entry in found], pa.string())
    header = (*table.header, *WORKLOG_COLUMNS)
    bare = replace(table, set_aside=(), flags=(), warnings=(), totals=())
    return replace(bare, name="work log", header=header, rows=pa.table(cells), quarantined=tuple(wrong))
