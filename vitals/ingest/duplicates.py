"""Rows of one file that say the same, or that contradict each other about one key."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

import duckdb
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
    con.execute("""create or replace table seen
        (row_number bigint, row_key varchar, row_hash ubigint, money decimal(18,4), hours decimal(18,9))""")


def see(con: duckdb.DuckDBPyConnection, entity: Entity, rows: pa.Table) -> None:
    """Remember the keys and contents of one part's rows."""
    money, hours = MONEY.get(entity.name, "null"), HOURS.get(entity.name, "null")
    with part_of(con, rows):
        con.execute(
            f"insert into seen select row_number, {key_sql(entity)}, {hash_sql(entity)}, {money}, {hours} from {PART}"
        )


def repeated(con: duckdb.DuckDBPyConnection) -> list[Repeated]:
    """The rows to leave out: repeats of a keyed row, and all versions of a key with more than one."""
    found = con.execute(f"""
        with doubled as (
            select row_key, count(distinct row_hash) as versions from seen
            where row_key is not null group by row_key having count(*) > 1),
        placed as (
            select seen.*, versions, row_number() over (partition by row_key order by row_number) as nth
            from seen join doubled using (row_key))
        select row_number, case when versions > 1 then '{CONFLICTING}' else '{EXACT}' end, money, hours
        from placed where versions > 1 or nth > 1 order by row_number""").fetchall()
    return [Repeated(*row) for row in found]


def identical(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Flags of rows without a key that are alike in everything: kept, since two such entries may both be true."""
    return con.sql(f"""
        select row_number, '{IDENTICAL}' as flag, '' as detail from seen
        where row_key is null and row_hash in (
            select row_hash from seen where row_key is null group by row_hash having count(*) > 1)
        order by row_number""").to_arrow_table()


def numbers_of(rows: Iterable[Repeated]) -> pa.Array:
    """The row numbers, to filter by."""
    return pa.array([row.row_number for row in rows], pa.int64())
