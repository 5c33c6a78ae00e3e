"""The steps of an answer: heavier queries that a query calls become tables first, so that each is planned once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import duckdb

from vitals.errors import VitalsError
from vitals.queries import ASKED, Query, all_queries, nodes, query, serialised

HEAVY = 24
"""From so many relations on, its own and those of all that it calls, a query is laid down before others read it."""

_CALL = re.compile(r"\bmetrics\.(\w+)\(")
_TYPED = re.compile(r"\$(\w+)\b")


def typed(item: Query, *, is_macro: bool = False) -> str:
    """A query's SQL with its parameters cast to their types: the missing period of an empty workspace has none."""
    return _TYPED.sub(lambda found: f"{'_' if is_macro else '$'}{found[1]}::{item.params[found[1]]}", item.sql)


@dataclass(frozen=True)
class _Call:
    """One call of a query in the text of another."""

    text: str
    name: str
    arguments: str


def _end(sql: str, start: int) -> int:
    """Where the bracket closes that was open at start."""
    depth = 1
    for place in range(start, len(sql)):
        depth += {"(": 1, ")": -1}.get(sql[place], 0)
        if not depth:
            return place
    return len(sql)


def _stands_alone(arguments: str) -> bool:
    """Whether arguments read nothing of the query around them: no column of it, none of its common tables."""
    (asked,) = serialised(f"select {arguments}")["statements"]
    outside = list(nodes(asked["node"]["select_list"], into_subqueries=False))
    tables = (node for held in outside for node in nodes(held) if node.get("type") == "BASE_TABLE")
    return all(node["schema_name"] for node in tables) and all(node.get("class") != "COLUMN_REF" for node in outside)


@cache
def calls(name: str) -> tuple[_Call, ...]:
    """The calls of heavy queries whose arguments can be worked out before the query itself."""
    item, found = all_queries()[name], []
    sql = typed(item) if item.layer in ASKED else ""
    for match in _CALL.finditer(sql):
        end = _end(sql, match.end())
        other, arguments = f"metrics.{match[1]}", sql[match.end() : end]
        if other in item.reads and _weight(other) >= HEAVY and _stands_alone(arguments):
            found.append(_Call(sql[match.start() : end + 1], other, arguments))
    return tuple(found)


@cache
def _weight(name: str) -> int:
    """How many relations are planned where a query is read, those of all that it calls included."""
    item = all_queries().get(name)
    return 1 + sum(map(_weight, item.reads)) if item and item.layer in ASKED else 1


@dataclass
class _Steps:
    """The tables laid down for one answer, by the call and what it was asked with."""

    con: duckdb.DuckDBPyConnection
    laid: dict[tuple[Any, ...], str] = field(default_factory=dict)

    def text(self, name: str, given: Mapping[str, Any]) -> str:
        """The statement that answers a query from tables, where it calls heavy ones or is itself laid down."""
        item = all_queries()[name]
        if table := self.laid.get((name, *(given.get(param) for param in item.params))):
            return f"from {table}"
        sql, _ = text_of(name)
        for call in calls(name):
            sql = sql.replace(call.text, self._table(call, given))
        return sql

    def _table(self, call: _Call, given: Mapping[str, Any]) -> str:
        asked = f"select {call.arguments}"
        values = self.con.execute(asked, used(asked, given)).fetchall()[0]
        key = (call.name, *values)
        if key not in self.laid:
            params = dict(zip(all_queries()[call.name].params, values, strict=True))
            sql = self.text(call.name, params)
            table = f"step_{len(self.laid) + 1}"
            self.con.execute(f"create or replace temp table {table} as {sql}", used(sql, params))
            self.laid[key] = table
        return self.laid[key]

    def end(self, *, is_own: bool) -> None:
        """Drop the tables, with the transaction where it is their own."""
        # an interrupt may have ended the transaction, and its tables, already
        with suppress(duckdb.Error):
            if is_own:
                self.con.execute("rollback")
                return
            for table in self.laid.values():
                self.con.execute(f"drop table if exists temp.{table}")


_SHARED: ContextVar[_Steps | None] = ContextVar("shared", default=None)
"""Of the answers that are being asked for together."""


def used(sql: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that a statement names: others are an error."""
    return {name: given[name] for name in set(_TYPED.findall(sql)) if name in given}


def _begins(con: duckdb.DuckDBPyConnection) -> bool:
    """Begin a transaction, so that all statements see one state of the workspace; false where one is open already.

    To begin a second one would break off the first. Outside of one, each statement has a transaction of its own.
    """
    first, second = (con.execute("select txid_current()").fetchall() for _ in range(2))
    if first != second:
        con.execute("begin transaction")
    return first != second


@contextmanager
def _laying(con: duckdb.DuckDBPyConnection) -> Iterator[_Steps]:
    """The tables of answers while they stand, those of the block around if there is one; nothing of them stays."""
    shared = _SHARED.get()
    if shared and shared.con is con:
        yield shared
        return
    is_own, steps = _begins(con), _Steps(con)
    try:
        yield steps
    finally:
        steps.end(is_own=is_own)


@contextmanager
def together(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All that is asked within sees one state of the workspace and lays down once what several answers rest on.

    For a block that only asks: what it changed, such as an assumption, the tables laid down before wouldn't show.
    """
    with _laying(con) as steps:
        before = _SHARED.set(steps)
        try:
            yield
        finally:
            _SHARED.reset(before)


def text_of(name: str) -> tuple[str, dict[str, str]]:
    """The statement that a name stands for, and its parameters' types: a query's SQL, or the built table itself."""
    item = query(name)
    return (typed(item) if item.layer in ASKED else f"from {name}"), item.params


@contextmanager
def asked(con: duckdb.DuckDBPyConnection, name: str, given: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The statement that answers a query, and its values, while the block runs.

    Raises VitalsError if there is no such query, or it takes other parameters.
    """
    sql, types = text_of(name)
    if types.keys() != given.keys():
        said = f"{name} takes {', '.join(types) or 'no parameters'}"
        raise VitalsError(f"{said}, not {', '.join(given) or 'none'}.", "Give exactly those.")
    if not calls(name) and not _SHARED.get():
        yield sql, dict(given)
        return
    with _laying(con) as steps:
        stepped = steps.text(name, given)
        yield stepped, used(stepped, given)
