"""The raw tables of a workspace: typed rows with file and row number, and the account of all others."""

from __future__ import annotations

import duckdb

from vitals.assumptions import assumptions
from vitals.catalogue import numbers
from vitals.contract import Column, entities
from vitals.errors import VitalsError

FORMAT = 1
"""Rises when a workspace written before can't be read any more."""

LOADS = """
    load_id integer primary key, file_name varchar, sha256 varchar, file_bytes bigint, loaded_at timestamp,
    entity varchar, system varchar, evidence varchar, table_name varchar, decision varchar,
    header_row integer, preamble_lines integer, rows_read bigint, rows_in_table bigint,
    rows_quarantined bigint, rows_set_aside bigint, rows_folded bigint, records bigint,
    hours_read decimal(28,9), hours_loaded decimal(28,9), hours_quarantined decimal(28,9),
    hours_set_aside decimal(28,9), money_read decimal(28,4), money_loaded decimal(28,4),
    money_quarantined decimal(28,4), money_set_aside decimal(28,4), mapping varchar, answers varchar,
    message varchar, warnings varchar, undone_at timestamp"""

TABLES = {
    "loads": LOADS,
    "quarantine": """load_id integer, entity varchar, row_number bigint, reason varchar, column_name varchar,
        value varchar, raw_text varchar, money decimal(18,4), hours decimal(18,9)""",
    "conflicts": "load_id integer, entity varchar, row_number bigint, row_key varchar, says varchar",
    "picked": """load_id integer, entity varchar, row_number bigint, reason varchar, column_name varchar,
        value varchar, raw_text varchar, money decimal(18,4), hours decimal(18,9)""",
    "set_aside": """load_id integer, entity varchar, row_number bigint, reason varchar, raw_text varchar,
        money decimal(18,4), hours decimal(18,9)""",
    "flags": "load_id integer, entity varchar, row_number bigint, flag varchar, detail varchar",
    "unused_rows": """load_id integer, entity varchar, row_number bigint, fate varchar, by_load_id integer,
        by_row_number bigint""",
    "assumptions": "name varchar primary key, value double, changed_at timestamp",
    "item_classes": "item_key varchar primary key, revenue_class varchar, service_months integer",
    "aliases": "kind varchar, name_key varchar, target_key varchar",
    "own_names": "client_key varchar primary key",
    "mappings": "fingerprint varchar primary key, entity varchar, mapping varchar",
    "client_terms": "client_key varchar primary key, seat_price decimal(18,4), outcome_fee decimal(18,4)",
    "load_currencies": "load_id integer, currency varchar",
    "load_matches": "load_id integer primary key, confidence double",
    "workspace": "format integer, built_from varchar",
}


def _stored(column: Column) -> str:
    """A column's name, type and form: numbers that differ in nearly every row cost more to pack than they save."""
    return f"{column.name} {column.sql_type}{' using compression uncompressed' if column.kind == 'id' else ''}"


def entity_columns(name: str) -> str:
    """The column list of raw.<name>: where a row came from, then its own columns."""
    return ", ".join(["load_id integer", "row_number bigint", *map(_stored, entities()[name].columns)])


def _check_format(con: duckdb.DuckDBPyConnection) -> None:
    found = con.execute("select format from raw.workspace").fetchall()
    if found != [(FORMAT,)]:
        said = "This workspace was written by another version."
        raise VitalsError(said, "Load its files again into a new workspace.")


def create(con: duckdb.DuckDBPyConnection) -> None:
    """Create the raw tables that the workspace lacks: all where it is new, those that came later where it is older.

    Raises VitalsError if the workspace has another format.
    """
    con.execute("create schema if not exists raw")
    is_new = not con.execute("select 1 from duckdb_tables() where schema_name = 'raw' limit 1").fetchall()
    if not is_new:
        _check_format(con)
    for name, columns in TABLES.items():
        con.execute(f"create table if not exists raw.{name} ({columns})")
    for name in entities():
        for table in (name, f"conflicting_{name}"):
            con.execute(f"create table if not exists raw.{table} ({entity_columns(name)})")
    if is_new:
        con.execute("insert into raw.workspace values (?, null)", [FORMAT])


def built_from(con: duckdb.DuckDBPyConnection) -> str | None:
    """The fingerprint of the queries that the workspace's tables were last built from."""
    return con.execute("select built_from from raw.workspace").fetchall()[0][0]


def note_built(con: duckdb.DuckDBPyConnection, fingerprint: str) -> None:
    """Remember which queries the tables were built from, so that newer ones rebuild them."""
    con.execute("update raw.workspace set built_from = ?", [fingerprint])


def write_assumptions(con: duckdb.DuckDBPyConnection) -> None:
    """Write core.assumption: one row, a column for each assumption, the user's value before the default."""
    kept = dict(con.execute("select name, value from raw.assumptions").fetchall())
    known = assumptions()
    values = [kept.get(name, item.default) for name, item in known.items()]
    columns = ", ".join(f"${place + 1}::double as {name}" for place, name in enumerate(known))
    con.execute("create schema if not exists core")
    own = ", ".join(f"{name} double" for name in known)
    con.execute(f"create or replace table core.assumption ({own})")
    con.execute(f"insert into core.assumption select {columns}", values)


def write_benchmarks(con: duckdb.DuckDBPyConnection) -> None:
    """Write core.benchmark: from where to where a number is as it should be, as the catalogue says."""
    known = [(name, item.benchmark.low, item.benchmark.high) for name, item in numbers().items() if item.benchmark]
    con.execute("create schema if not exists core")
    con.execute("create or replace table core.benchmark (number varchar primary key, low double, high double)")
    con.executemany("insert into core.benchmark values (?, ?, ?)", known)
