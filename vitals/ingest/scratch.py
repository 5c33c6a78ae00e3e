"""A private database in memory in which the cells of one part of a file are counted and cast, column by column."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
}
PART = "part"


def open_scratch() -> duckdb.DuckDBPyConnection:
    """A connection that can neither read nor write any file."""
    con = duckdb.connect(":memory:", config=CONFIG)
    con.execute("set temp_directory = ''")
    con.execute("set TimeZone = 'UTC'")
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
    return con


@contextmanager
def part_of(con: duckdb.DuckDBPyConnection, rows: pa.Table) -> Iterator[None]:
    """Lay the rows of a part under the name PART for as long as the block runs."""
    con.register(PART, rows)
    try:
        yield
    finally:
        con.unregister(PART)
