"""What a load renews in part is what a whole build and a whole settling make, whatever comes: months, repeats, late
corrections, other names."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from tests.properties.stored import load
from vitals import renewal, warehouse, workspace
from vitals.queries import TABLE_LAYERS, all_queries, build_order
from vitals.workspace import Upload, store

TABLES = [item.name for item in build_order() if item.layer in TABLE_LAYERS]
CLIENTS = ["Acme", "ACME ", "Birch", "Cedar", "Dune", "Elm"]
PEOPLE = ["Ann Ray", "Bo Lind", "Lind, Bo", "Cy Moss", "ann ray"]
FIRST = date(2025, 1, 1)
Row = dict[str, Any]


@dataclass
class Desk:
    """An invented desk: what its exports have told so far."""

    dice: Random
    tickets: dict[str, Row] = field(default_factory=dict)
    entries: dict[str, Row] = field(default_factory=dict)
    months: int = 0
    files: int = 0

    def _ticket(self, number: int) -> Row:
        dice = self.dice
        opened = datetime(FIRST.year, FIRST.month, 1, 9) + timedelta(days=31 * self.months + dice.randrange(28))
        ended = opened + timedelta(minutes=dice.randrange(-30, 9000))
        return {
            "Ticket ID": f"T{number:05}", "Client": dice.choice([*CLIENTS, ""]), "Created At": opened.isoformat(),
            "Responded At": (opened + timedelta(minutes=dice.randrange(400))).isoformat(),
            "Resolved At": dice.choice([ended.isoformat(), ended.isoformat(), ""]),
            "Status": dice.choice(["Closed", "Open"]), "Priority": dice.choice(["High", "Low"]),
            "Category": dice.choice(["Mail", "Printing", ""]), "Technician": dice.choice(PEOPLE),
            "Type": dice.choice(["incident", "request", "change"]), "SLA Response Minutes": 60,
            "SLA Resolution Minutes": 1440,
        }  # fmt: skip

    def _entry(self, number: int) -> Row:
        dice = self.dice
        day = FIRST + timedelta(days=31 * self.months + dice.randrange(28))
        return {
            "Entry ID": f"E{number:05}", "Ticket ID": dice.choice([*self.tickets, "", "#T00001", "T99999"]),
            "Client": dice.choice([*CLIENTS, "", ""]), "Technician": dice.choice([*PEOPLE, ""]),
            "Date": day.isoformat(), "Hours": dice.choice(["0.25", "0.5", "1.5", "20"]),
            "Billable": dice.choice(["yes", "no"]),
            "Work Type": dice.choice(["support", "project", "internal", "account mgmt", "sundry"]),
        }  # fmt: skip

    def upload(self, kind: str, rows: list[Row], *left: str) -> Upload:
        """A file of its own name, without the columns that it leaves out."""
        self.files += 1
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, [name for name in rows[0] if name not in left], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
        return Upload(f"{kind} {self.files}.csv", text.getvalue().encode())

    def month(self, many: int = 12) -> list[Upload]:
        """The exports of one more month."""
        tickets = [self._ticket(len(self.tickets) + place) for place in range(many)]
        self.tickets |= {row["Ticket ID"]: row for row in tickets}
        entries = [self._entry(len(self.entries) + place) for place in range(3 * many)]
        self.entries |= {row["Entry ID"]: row for row in entries}
        self.months += 1
        return [self.upload("tickets", tickets), self.upload("entries", entries)]

    def repeated(self) -> list[Upload]:
        """Some rows once more, some of them corrected."""
        chosen = [self.dice.sample([*known.values()], 4) for known in (self.tickets, self.entries)]
        for row in chosen[0][:2]:
            row |= {"Client": self.dice.choice(CLIENTS), "Category": "Network", "Resolved At": ""}
        for row in chosen[1][:2]:
            row |= {"Hours": "2.5", "Ticket ID": self.dice.choice([*self.tickets])}
        return [self.upload("tickets", chosen[0]), self.upload("entries", chosen[1])]

    def keyless(self) -> list[Upload]:
        """Some entries without their numbers, some of them twice."""
        rows = self.dice.sample([*self.entries.values()], 4)
        return [self.upload("entries", [*rows, rows[0]], "Entry ID")]

    def people(self) -> list[Upload]:
        """Who works there, and for how much, under new spellings."""
        names = self.dice.sample(["Ann Ray", "Bo Lind", "CY MOSS", "Di Poe"], 3)
        return [self.upload("technicians", [{"Technician": name, "Hourly Cost": 40 + len(name)} for name in names])]

    def clients(self) -> list[Upload]:
        """Which clients there are, one of them the firm itself."""
        names = self.dice.sample(["Acme", "BIRCH", "Cedar", "Fir"], 3)
        rows = [{"Client": name, "Tier": "Gold", "Internal": self.dice.choice(["yes", "no"])} for name in names]
        return [self.upload("clients", rows)]

    def pauses(self) -> list[Upload]:
        """When the clocks of some tickets stood."""
        rows = []
        for ticket in self.dice.sample([*self.tickets.values()], 3):
            begun = datetime.fromisoformat(ticket["Created At"]) + timedelta(minutes=30)
            ended = begun + timedelta(minutes=90)
            rows += [{"Ticket ID": ticket["Ticket ID"], "Paused": begun.isoformat(), "Resumed": ended.isoformat()}]
        return [self.upload("pauses", rows)]


def _held(con: warehouse.Connection, names: list[str]) -> dict[str, Counter]:
    """What each table holds, whatever the order of its rows."""
    return {name: Counter(map(repr, con.execute(f"from {name}").fetchall())) for name in names}


def _differing(con: warehouse.Connection, names: list[str], make: Any) -> list[str]:
    """The tables that come out otherwise if they are made anew."""
    found = _held(con, names)
    make()
    whole = _held(con, names)
    return [name for name in names if found[name] != whole[name]]


def _settle_all(con: warehouse.Connection) -> None:
    for entity in ("tickets", "time_entries", "technicians", "clients", "ticket_pauses"):
        store.settle(con, entity)


def _undo(con: warehouse.Connection, dice: Random) -> None:
    loads = con.execute("select load_id from raw.loads where undone_at is null order by load_id").fetchall()
    workspace.undo(con, dice.choice(loads)[0])


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_comes_a_part_renewed_is_the_part_of_a_whole(seed, monkeypatch):
    replaced: list[str] = []
    whole = renewal._Renewal._replace
    monkeypatch.setattr(
        renewal._Renewal, "_replace", lambda self, item, *said: (replaced.append(item.name), whole(self, item, *said))
    )
    dice = Random(seed)
    desk = Desk(dice)
    with warehouse.connect() as con:
        load(con, [file for _ in range(10) for file in desk.month()] + desk.people() + desk.clients())
        coming = [desk.repeated, desk.month, desk.keyless, desk.clients, desk.pauses, desk.repeated, desk.people]
        for bring in dice.sample(coming, len(coming)):
            reports = load(con, bring())
            assert {report.decision for report in reports} <= {"accept", "partial"}
            assert _differing(con, ["raw.unused_rows", "raw.flags"], lambda: _settle_all(con)) == [], bring
            assert _differing(con, TABLES, lambda: warehouse.build(con)) == [], bring
        _undo(con, dice)
        assert _differing(con, TABLES, lambda: warehouse.build(con)) == []
    # all of them at some time
    assert renewal.parts().keys() - set(replaced) == set()


def test_a_part_is_declared_by_what_its_query_reads():
    for name, part in renewal.parts().items():
        item = all_queries()[name]
        columns = {column.name for column in item.columns}
        assert part.reads <= item.reads, name
        assert {*part.keys, *(made for join in part.joins.values() for made in join.made)} <= columns, name
