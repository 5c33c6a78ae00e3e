"""Time entries that stand inside the cells of a ticket: comment;date;account;seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, NamedTuple, Self

import pyarrow as pa

from vitals.ingest.model import LeftOut, Match, TextTable, Unit
from vitals.ingest.read.texts import is_empty
from vitals.ingest.recognise.captions import Evidence, Header
from vitals.ingest.shapes.shape import Position, Shape, column, place_of

PARTS = 4
PEOPLE = ("Assignee", "Reporter", "Creator", "Project lead", "Persona asignada", "Informador", "Creador")


class Entry(NamedTuple):
    """One logged piece of work, its cells still text."""

    entry_id: str
    ticket_id: str
    worked_on: str
    hours: str
    technician: str


@dataclass(frozen=True)
class WorkLog(Shape):
    """Time entries in the cells of a ticket's row: work_log = captions of the ticket's {key} and of its {logs}."""

    key: Position
    logs: tuple[Position, ...]

    name = "work_log"
    place = 1
    needs_whole_table = True
    units: ClassVar[Mapping[str, Unit]] = {"hours": "seconds"}
    stands_alone = True

    @classmethod
    def found(cls, said: Mapping[str, Any], evidence: Evidence) -> Self | None:
        """The shape where any cell is logged in."""
        key, logs = place_of(evidence, said["key"]), evidence.header.find(said["logs"])
        filled = tuple(Position(at) for at in logs if evidence.values(at, None))
        return cls(key, filled) if key is not None and filled else None

    @property
    def makes(self) -> Mapping[str, tuple[int, ...]]:
        """All of an entry is made, of no column alone."""
        return dict.fromkeys(Entry._fields, ())

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """A table with a row for each piece of work, numbered in order; cells that are no log are quarantined."""
        names = _people(table)
        found, wrong, count = list[Entry](), list[LeftOut](), Counter[str]()
        for cell, ticket in _logged(table, self.logs, column(table, self.key)):
            count[ticket] += 1
            entry = _entry(cell, ticket, names, count[ticket])
            if entry is None:
                row = len(found) + len(wrong) + 1
                wrong.append(LeftOut(row, "hours_not_readable", f"{ticket}: {cell}", "hours", cell))
            else:
                found.append(entry)
        return _as_table(table, match, found, wrong), 0


def _logged(table: TextTable, positions: tuple[Position, ...], tickets: list[str | None]) -> list[tuple[str, str]]:
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
    for name in Entry._fields:
        cells[f"c{match.columns[name]}"] = pa.array([getattr(entry, name) for entry in found], pa.string())
    header = (*table.header, *Entry._fields)
    bare = replace(table, set_aside=(), flags=(), warnings=(), totals=())
    return replace(bare, name="work log", header=header, rows=pa.table(cells), quarantined=tuple(wrong))
