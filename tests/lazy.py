"""A connection that makes a table or view when a statement first reads it: a test pays only for what it asks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from threading import RLock
from typing import Any

import duckdb

from vitals.queries import LAYERS, build_order, catalogue
from vitals.warehouse import TABLE_LAYERS

RELATION = re.compile(rf"\b(?:{'|'.join(LAYERS)})\.\w+")
MAKES = re.compile(rf"create or replace (?:table|view) ((?:{'|'.join(LAYERS)})\.\w+) as ")
WRITES = re.compile(r"\s*(?:insert (?:or replace )?into|update|delete from) (raw\.\w+)")
WRITTEN_BY_CODE = {"core.assumption": frozenset({"raw.assumptions"})}


@cache
def rests_on(name: str) -> frozenset[str]:
    """The relations that a query reads, directly or through others, itself and raw tables included."""
    query = catalogue().get(name)
    reads = query.reads if query else WRITTEN_BY_CODE.get(name, frozenset())
    return frozenset({name}).union(*map(rests_on, reads))


@dataclass
class Ledger:
    """When each relation was last ordered, made or written; the ordered are made when they are read."""

    texts: dict[str, str] = field(default_factory=dict)
    ordered: dict[str, int] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)
    """The raw tables with rows."""
    before: Ledger | None = None
    """The state at the beginning of the transaction."""
    now: int = 0
    lock: RLock = field(default_factory=RLock)

    def tick(self) -> int:
        """A moment later than all before."""
        self.now += 1
        return self.now

    def begin(self) -> None:
        """Remember to which state a rollback returns."""
        self.before = replace(self, ordered=dict(self.ordered), made=dict(self.made), written=dict(self.written))

    def roll_back(self) -> None:
        """Return to that state."""
        if self.before:
            self.ordered, self.made, self.written = self.before.ordered, self.before.made, self.before.written

    def changed_after(self, moment: int, name: str) -> list[str]:
        """The raw tables below a relation that were written after a moment; a view reads tables as they are."""
        is_table = name.split(".")[0] in TABLE_LAYERS
        return [raw for raw in rests_on(name) if is_table and self.written.get(raw, 0) > moment]

    def due(self, names: list[str]) -> list[str]:
        """The relations to make before those named can be read, in order.

        Raises AssertionError where raw rows changed and nobody ordered what rests on them anew.
        """
        wanted = frozenset[str]().union(*map(rests_on, names))
        for name in wanted & catalogue().keys():
            late = self.changed_after(self.ordered.get(name, 0), name)
            assert not late, f"{name} is read, but was not built again after {', '.join(late)} had changed"
        known = (query.name for query in build_order() if query.name in wanted & self.ordered.keys())
        return [name for name in known if name not in self.made or self.changed_after(self.made[name], name)]


class Lazy:
    """A connection that keeps what makes tables and views until a statement reads them."""

    def __init__(self, con: duckdb.DuckDBPyConnection, ledger: Ledger | None = None) -> None:
        self.con, self.ledger = con, ledger or Ledger()

    def execute(self, text: str, *params: Any) -> duckdb.DuckDBPyConnection:
        """Run a statement, after those that make what it reads; one that makes a relation itself waits."""
        with self.ledger.lock:
            if found := MAKES.match(text):
                self.ledger.texts[found.group(1)], self.ledger.ordered[found.group(1)] = text, self.ledger.tick()
                return self.con
            self._note(text)
            for name in self.ledger.due(RELATION.findall(text)):
                self.con.execute(self.ledger.texts[name])
                self.ledger.made[name] = self.ledger.tick()
        return self.con.execute(text, *params)

    def executemany(self, text: str, *params: Any) -> duckdb.DuckDBPyConnection:
        """Run a statement for many rows."""
        self._note(text)
        return self.con.executemany(text, *params)

    def _note(self, text: str) -> None:
        if text == "begin transaction":
            self.ledger.begin()
        elif text == "rollback":
            self.ledger.roll_back()
        elif found := WRITES.match(text):
            self.ledger.written[found.group(1)] = self.ledger.tick()
            self.ledger.filled.add(found.group(1))

    def empty(self) -> None:
        """Delete every raw row."""
        for name in sorted(self.ledger.filled):
            self.execute(f"delete from {name}")
        self.ledger.filled.clear()

    def cursor(self) -> Lazy:
        """Another connection to the same database."""
        return Lazy(self.con.cursor(), self.ledger)

    def __enter__(self) -> Lazy:
        return self

    def __exit__(self, *_: object) -> None:
        self.con.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.con, name)
