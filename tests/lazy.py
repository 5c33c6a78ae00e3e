"""A connection that makes a table or view when a statement first reads it: a test pays only for what it asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from threading import RLock
from typing import Any

import duckdb

from vitals import warehouse
from vitals.queries import LAYERS, TABLE_LAYERS, all_queries, build_order

CONNECT = warehouse.connect
NAME = rf"(?:{'|'.join(LAYERS)})\.\w+"
RELATION = re.compile(rf"\b{NAME}")
# with the columns first where a table has some of its own form
MAKES = re.compile(rf"create or replace (?:table|view|macro) ({NAME})(?:(?:\([^)]*\))? as | \([^;]*\); insert into )")
LOOKED_UP = re.compile(r"schema_name = '(\w+)' and table_name = '(\w+)'")
WRITES = re.compile(r"\s*(?:insert (?:or replace )?into|update|delete from) (raw\.\w+)")
Content = tuple[Any, ...]
STATE = ("ordered", "made", "written", "began")
WRITTEN_BY_CODE = dict.fromkeys(("core.assumption", "core.assumed_holidays"), frozenset({"raw.assumptions"}))


def _read(text: str) -> list[str]:
    """The relations that a statement reads, or asks whether there are."""
    return [*RELATION.findall(text), *(".".join(found) for found in LOOKED_UP.findall(text))]


def is_table(name: str) -> bool:
    """Whether a relation is built; a view reads the tables as they are."""
    return name.split(".")[0] in TABLE_LAYERS


@cache
def rests_on(name: str) -> frozenset[str]:
    """The relations that a query reads, directly or through others, itself and raw tables included."""
    query = all_queries().get(name)
    reads = query.reads if query else WRITTEN_BY_CODE.get(name, frozenset())
    return frozenset({name}).union(*map(rests_on, reads))


@dataclass(frozen=True)
class Write:
    """When a raw table was written, and what it held before that."""

    moment: int
    before: Content


@dataclass
class Ledger:
    """When each relation was last ordered, made or written; the ordered are made when they are read."""

    texts: dict[str, str] = field(default_factory=dict)
    ordered: dict[str, int] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)
    """Raw table -> when it was last written."""
    began: dict[str, tuple[Write, ...]] = field(default_factory=dict)
    """Raw table -> the first write to it after each order."""
    last_order: int = 0
    before: Ledger | None = None
    """The state at the beginning of the transaction."""
    now: int = 0
    lock: RLock = field(default_factory=RLock)

    def tick(self) -> int:
        """A moment later than all before."""
        self.now += 1
        return self.now

    def order(self, name: str, text: str) -> None:
        """Keep the statement that makes a relation until it is read."""
        self.texts[name], self.ordered[name] = text, self.tick()
        self.last_order = self.now

    def begin(self) -> None:
        """Remember to which state a rollback returns."""
        self.before = replace(self, **{name: dict(getattr(self, name)) for name in STATE})

    def roll_back(self) -> None:
        """Return to that state."""
        if self.before:
            self.__dict__ |= {name: getattr(self.before, name) for name in STATE}

    def write(self, name: str, content: Callable[[str], Content]) -> None:
        """Take down that a raw table is about to be written."""
        begun = self.began.get(name, ())
        if not begun or begun[-1].moment < self.last_order:
            self.began[name] = (*begun, Write(self.tick(), content(name)))
        self.written[name] = self.tick()

    def suspects(self, name: str) -> dict[str, Content]:
        """The raw tables that were written after a table was last ordered, and what each of them held then."""
        writes = {
            raw: next((item for item in self.began.get(raw, ()) if item.moment > self.ordered.get(name, 0)), None)
            for raw in rests_on(name)
        }
        return {raw: write.before for raw, write in writes.items() if write and is_table(name)}

    def is_due(self, name: str) -> bool:
        """Whether a relation is to be made before it can be read."""
        if name not in self.made:
            return name in self.ordered
        return is_table(name) and any(self.written.get(raw, 0) > self.made[name] for raw in rests_on(name))


class Lazy:
    """A connection that keeps what makes tables and views until a statement reads them."""

    def __init__(self, con: duckdb.DuckDBPyConnection, ledger: Ledger | None = None) -> None:
        self.con, self.ledger = con, ledger or Ledger()

    def execute(self, text: str, *params: Any) -> duckdb.DuckDBPyConnection:
        """Run a statement, after those that make what it reads; one that makes a relation itself waits."""
        with self.ledger.lock:
            if found := MAKES.match(text):
                self.ledger.order(found.group(1), text)
                return self.con
            self._note(text)
            self._make(frozenset[str]().union(*map(rests_on, _read(text))))
        return self.con.execute(text, *params)

    def executemany(self, text: str, *params: Any) -> duckdb.DuckDBPyConnection:
        """Run a statement for many rows."""
        self._note(text)
        return self.con.executemany(text, *params)

    def _note(self, text: str) -> None:
        """Take down a write, and where a transaction begins and is rolled back."""
        if text == "begin transaction":
            self.ledger.begin()
        elif text == "rollback":
            self.ledger.roll_back()
        elif found := WRITES.match(text):
            self.ledger.write(found.group(1), self._content)

    def _content(self, name: str) -> Content:
        """What tells the rows of a table from any others."""
        (found,) = self.con.execute(f"select count(*), sum(hash(held)) from {name} as held").fetchall()
        return found

    def _make(self, wanted: frozenset[str]) -> None:
        """Make the relations that are out of date.

        Raises AssertionError where raw rows are others than when one was last ordered: nobody saw to its being built.
        """
        for name in wanted & all_queries().keys():
            late = [raw for raw, held in self.ledger.suspects(name).items() if self._content(raw) != held]
            assert not late, f"{name} is read, but was not built again after {', '.join(late)} had changed"
        for name in (query.name for query in build_order() if query.name in wanted):
            if self.ledger.is_due(name):
                self.con.execute(self.ledger.texts[name])
                self.ledger.made[name] = self.ledger.tick()

    def empty(self) -> None:
        """Delete every raw row; a build is to follow."""
        for name in list(self.ledger.written):
            if self._content(name)[0]:
                self.execute(f"delete from {name}")
        self.ledger.began.clear()

    def cursor(self) -> Lazy:
        """Another connection to the same database."""
        return Lazy(self.con.cursor(), self.ledger)

    def __enter__(self) -> Lazy:
        return self

    def __exit__(self, *_: object) -> None:
        self.con.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.con, name)


def connect(path: Path | None = None, *, is_built: bool = True) -> Lazy | warehouse.Connection:
    """What warehouse.connect gives, lazily; a file is built whole, since whoever opens it next knows no ledger."""
    if path:
        return CONNECT(path, is_built=is_built)
    con = Lazy(CONNECT(is_built=False))
    if is_built:
        warehouse.build(con)
    return con
