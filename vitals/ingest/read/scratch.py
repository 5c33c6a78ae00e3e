"""A private database in memory in which the cells of one part of a file are counted and cast, column by column."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import numpy as np
import pyarrow as pa

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
}
PART, PLACE = "part", "place_in_part"


def open_scratch() -> duckdb.DuckDBPyConnection:
    """A connection that can neither read nor write any file."""
    con = duckdb.connect(":memory:", config=CONFIG)
    con.execute("set temp_directory = ''")
    con.execute("set TimeZone = 'UTC'")
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
    return con


def aligned(con: duckdb.DuckDBPyConnection, rows: pa.Table, asked: str) -> pa.Table:
    """The columns that asked makes of PART's, each beside its own row: SQL alone promises no order."""
    with part_of(con, rows.append_column(PLACE, pa.array(np.arange(len(rows))))):
        found = con.sql(asked).to_arrow_table()
    places = found[PLACE].to_numpy()
    is_ordered = bool((places[1:] > places[:-1]).all())
    return (found if is_ordered else found.sort_by(PLACE)).drop_columns([PLACE])


@contextmanager
def part_of(con: duckdb.DuckDBPyConnection, rows: pa.Table) -> Iterator[None]:
    """Lay the rows of a part under the name PART for as long as the block runs."""
    con.register(PART, rows)
    try:
        yield
    finally:
        con.unregister(PART)
