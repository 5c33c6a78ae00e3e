"""Rows of one file that say the same, or that contradict each other about one key."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from vitals.contract import Entity
from vitals.ingest.balance import HOURS, MONEY
from vitals.ingest.keys import hash_sql, key_sql
from vitals.ingest.scratch import PART, part_of

EXACT, CONFLICTING, IDENTICAL = "exact_duplicate", "conflicting_duplicate", "identical_lines_kept"


class Repeated(NamedTuple):
    """A row that repeats or contradicts another of its file, and the money and hours in it."""

    row_number: int
    reason: str
    money: Decimal | None
    hours: Decimal | None


def start(con: duckdb.DuckDBPyConnection) -> None:
    """Forget the rows of the table before."""
    con.execute("""
        create or replace table seen (row_number bigint, row_key varchar, key_hash ubigint, row_hash ubigint,
            money decimal(18,4), hours decimal(18,9))""")


def see(con: duckdb.DuckDBPyConnection, entity: Entity, rows: pa.Table) -> None:
    """Remember the keys and contents of one part's rows."""
    money, hours = MONEY.get(entity.name, "null"), HOURS.get(entity.name, "null")
    with part_of(con, rows):
        con.execute(
            f"insert into seen select row_number, {key_sql(entity)} as row_key, hash(row_key), {hash_sql(entity)}, "
            f"{money}, {hours} from {PART}"
        )


def _twice(con: duckdb.DuckDBPyConnection, column: str, condition: str) -> pa.Array:
    """The hashes that occur more than once; sorting numbers costs a fraction of grouping texts."""
    found = con.execute(f"select {column} from seen where {condition}").fetchnumpy()[column]
    values = np.sort(np.asarray(found, dtype=np.uint64))
    return pa.array(np.unique(values[1:][values[1:] == values[:-1]]), pa.uint64())


def _candidates(con: duckdb.DuckDBPyConnection, column: str, condition: str) -> None:
    """Lay out the rows whose hash occurs more than once, under the name candidates."""
    con.register("twice", pa.table({column: _twice(con, column, condition)}))
    con.execute(
        f"create or replace table candidates as select * from seen semi join twice using ({column}) where {condition}"
    )
    con.unregister("twice")


def repeated(con: duckdb.DuckDBPyConnection) -> list[Repeated]:
    """The rows to leave out: repeats of a keyed row, and all versions of a key with more than one."""
    _candidates(con, "key_hash", "row_key is not null")
    found = con.execute(f"""
        with placed as (
            select row_number, money, hours, row_number() over (partition by row_key order by row_number) as nth,
                min(row_hash) over (partition by row_key) <> max(row_hash) over (partition by row_key) as differ
            from candidates)
        select row_number, if(differ, '{CONFLICTING}', '{EXACT}'), money, hours
        from placed where differ or nth > 1 order by row_number""").fetchall()
    return [Repeated(*row) for row in found]


def identical(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Flags of rows without a key that are alike in everything: kept, since two such entries may both be true."""
    _candidates(con, "row_hash", "row_key is null")
    asked = f"select row_number, '{IDENTICAL}' as flag, '' as detail from candidates order by row_number"
    return con.sql(asked).to_arrow_table()
