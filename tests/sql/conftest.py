"""A tiny workspace made of a handful of raw rows, asked by query name and built only as far as the query reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import lazy
from tests.lazy import Lazy
from tests.sql.rows import months, reached, whole
from vitals import warehouse
from vitals.registers import registers

Row = dict[str, Any]
KEPT = (
    "item_classes", "aliases", "client_terms", "own_names", "assumptions", "flags", "unused_rows", "loads",
    "quarantine", "set_aside", "load_matches", *registers(),
)  # fmt: skip


class Book:
    """A built workspace and short ways to ask it."""

    def __init__(self, con: Lazy) -> None:
        self.con = con

    def rows(self, name: str, **params: Any) -> list[Row]:
        """All rows of a query."""
        return warehouse.rows(self.con, name, **params)

    def one(self, name: str, **params: Any) -> Row:
        """The only row of a query."""
        (found,) = self.rows(name, **params)
        return found

    def before(self, month: str) -> dict[str, Any]:
        """The parameters of the period before one month."""
        found = self.one("metrics.previous_period", **months(month))
        return {name: found[name] for name in ("month_from", "month_to")}

    def by(self, key: str, name: str, **params: Any) -> dict[Any, Row]:
        """The rows of a query by one column, which must be unique."""
        found = self.rows(name, **params)
        keyed = {row[key]: row for row in found}
        assert len(keyed) == len(found)
        return keyed

    def sql(self, text: str) -> list[tuple]:
        """What a statement of the test's own returns."""
        return self.con.execute(text).fetchall()


def _insert(con: warehouse.Connection, table: str, row: Row) -> None:
    names, marks = ", ".join(row), ", ".join(f"${name}" for name in row)
    con.execute(f"insert into raw.{table} ({names}) values ({marks})", row)


def fill(con: Lazy, tables: dict[str, list[Row]]) -> None:
    """Put these raw rows into an empty workspace and build it."""
    con.empty()
    for kept in registers().values():
        if kept.rows:
            con.execute(f"delete from {kept.table}")
    for table, rows in tables.items():
        for number, row in enumerate(rows, start=2):
            placed = {} if table in KEPT else {"load_id": 1, "row_number": number}
            _insert(con, table, {**placed, **row})
    warehouse.build(con)


@pytest.fixture(scope="session")
def shared() -> Iterator[Lazy]:
    """One connection for all these tests: its raw rows are replaced before each."""
    con = lazy.connect(is_built=False)
    yield con
    con.close()


@pytest.fixture
def workspace(shared: Lazy) -> Callable[..., Book]:
    """workspace(tickets=[{...}], invoice_lines=[{...}]) -> the built book."""

    def make(**tables: list[Row]) -> Book:
        fill(shared, tables)
        return Book(shared)

    return make


@pytest.fixture
def covered(workspace: Callable[..., Book]) -> Callable[..., Book]:
    """The same, with September 2025 to March 2026 whole: entries without hours or client where the test has any entry,
    else a ticket on the last day; so margins count each of those months that anything is billed in."""

    def make(**tables: list[Row]) -> Book:
        if "time_entries" in tables:
            entries = [*tables.pop("time_entries"), *whole("2025-09", "2026-03")]
            return workspace(**tables, time_entries=entries)
        return workspace(**tables | {"tickets": [*tables.get("tickets", []), *reached("2026-03-31")]})

    return make
