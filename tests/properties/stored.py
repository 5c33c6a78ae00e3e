"""Workspaces for the properties: loaded without a reading process, built only as far as a property looks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest import mock

import duckdb

from tests.properties.made import Sheet
from vitals import warehouse, workspace
from vitals.contract import entities
from vitals.ingest.preparation import prepare
from vitals.queries import build_order, macros

Connection = duckdb.DuckDBPyConnection
Table = list[tuple]
ANSWERS = {"replace_invoice": "add", "day_or_month_first": "dmy"}


@contextmanager
def raw_workspace() -> Iterator[Connection]:
    """A workspace with raw tables only, whose loads are stored and settled but not built."""
    with duckdb.connect() as con, mock.patch.object(warehouse, "build"):
        con.execute("set threads = 1")
        warehouse.create_tables(con)
        yield con


def build_staging(con: Connection) -> None:
    """Build the cleaned tables and nothing after them."""
    con.execute("create schema if not exists staging")
    con.execute(macros())
    warehouse.write_assumptions(con)
    for item in build_order():
        if item.layer == "staging":
            con.execute(f"create or replace table {item.name} as {item.sql}")


def uploads(sheets: Sequence[Sheet]) -> list[workspace.Upload]:
    """The files as a browser sends them."""
    return [workspace.Upload(sheet.name, sheet.text().encode()) for sheet in sheets]


def load(con: Connection, files: Sequence[workspace.Upload], **answers: str) -> list[workspace.Report]:
    """Load files in this process; their reports."""
    options = workspace.LoadOptions(answers={**ANSWERS, **answers})
    return workspace.load_files(con, files, options, prepare=prepare)


def rows(con: Connection, text: str) -> Table:
    """What a statement gives, in an order of its own."""
    return sorted(con.execute(text).fetchall(), key=repr)


def used(con: Connection) -> dict[str, Table]:
    """The stored rows that count, apart from where they came from."""
    return {
        name: rows(
            con,
            f"""select * exclude (load_id, row_number) from raw.{name} as stored where not exists (
                select 1 from raw.unused_rows as gone where gone.entity = '{name}'
                    and gone.load_id = stored.load_id and gone.row_number = stored.row_number)""",
        )
        for name in entities()
    }


def told(con: Connection) -> dict[str, Table]:
    """All that is stored of the loads in use, and which rows count, by file instead of by load."""
    names = dict(con.execute("select load_id, file_name from raw.loads where undone_at is null").fetchall())
    found = {
        table: con.execute(f"select * from raw.{table}").fetchall()
        for table in (*entities(), "quarantine", "set_aside", "flags", "unused_rows", "conflicts", "picked")
    }
    unnumbered = {
        table: sorted(((names[row[0]], *row[1:]) for row in given), key=repr) for table, given in found.items()
    }
    unnumbered["unused_rows"] = sorted(
        ((*row[:4], names[row[4]], row[5]) for row in unnumbered["unused_rows"]), key=repr
    )
    return unnumbered


def staged(con: Connection) -> dict[str, Table]:
    """The cleaned tables, apart from where their rows came from."""
    return {name: rows(con, f"select * exclude (load_id, row_number) from staging.{name}") for name in entities()}


def whole_state(con: Connection) -> dict[str, Table]:
    """Everything that is stored or built, apart from when it was loaded."""
    names = con.execute("""select table_schema || '.' || table_name from information_schema.tables
        where table_schema in ('raw', 'staging', 'core') and table_type = 'BASE TABLE'""").fetchall()
    state = {name: rows(con, f"from {name}") for (name,) in names}
    state["raw.loads"] = rows(con, "select * exclude (loaded_at, undone_at), undone_at is null from raw.loads")
    return state
