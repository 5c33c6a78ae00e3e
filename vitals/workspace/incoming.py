"""The rows of one file on their way into the raw tables: stored in whole groups, or dropped again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import duckdb
import pyarrow as pa

Connection = duckdb.DuckDBPyConnection
INCOMING = "incoming"

GROUP_ROWS = 2 * 122_880
"""DuckDB packs 122,880 rows at a time, here on two processors: a group that is stored in pieces is packed twice."""


@contextmanager
def laid_out(con: Connection, rows: pa.Table) -> Iterator[None]:
    """Lay rows under the name INCOMING for as long as the block runs."""
    con.register(INCOMING, rows)
    try:
        yield
    finally:
        con.unregister(INCOMING)


class Origin(NamedTuple):
    """Which table of the file rows are from, and the entity that it holds."""

    table: int
    entity: str


class Incoming:
    """The rows of one file: handed over part by part, stored group by group, all of them by finish()."""

    def __init__(self, con: Connection) -> None:
        self.con = con
        self.first_load = con.execute("select coalesce(max(load_id), 0) + 1 from raw.loads").fetchall()[0][0]
        self.touched: set[str] = set()
        self.origin = Origin(0, "")
        self.waiting: list[pa.Table] = []

    def __call__(self, index: int, entity: str, rows: pa.Table) -> None:
        """Take the rows of one part of the file's index-th table: row_number, and the columns that hold anything."""
        if self.origin != (index, entity):
            self.finish()
            self.origin = Origin(index, entity)
        self.waiting.append(rows)
        held = sum(map(len, self.waiting))
        if held >= GROUP_ROWS:
            self._store(held - held % GROUP_ROWS)

    def finish(self) -> None:
        """Store what still waits for its group to fill."""
        self._store(sum(map(len, self.waiting)))

    def _store(self, many: int) -> None:
        if not many:
            return
        rows = pa.concat_tables(self.waiting, promote_options="default")
        self.waiting = [rows.slice(many)] if many < len(rows) else []
        self.touched.add(self.origin.entity)
        for start in range(0, many, GROUP_ROWS):
            self._insert(rows.slice(start, min(GROUP_ROWS, many - start)).combine_chunks())

    def _insert(self, rows: pa.Table) -> None:
        names = ", ".join(f'"{name}"' for name in rows.column_names)
        with laid_out(self.con, rows):
            self.con.execute(f"""insert into raw.{self.origin.entity} (load_id, {names})
                select {self.first_load + self.origin.table}, {names} from {INCOMING}""")

    def drop(self) -> None:
        """Take the file's rows out again."""
        self.waiting = []
        for entity in self.touched:
            self.con.execute(f"delete from raw.{entity} where load_id >= ?", [self.first_load])
