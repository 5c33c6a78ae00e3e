"""The process that opens a workspace's file, which may be anybody's: it hands out the rows of our own tables alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import duckdb
import pyarrow as pa

from vitals.database import shut
from vitals.errors import VitalsError, places_of
from vitals.ingest.process import wire
from vitals.warehouse import FORMAT

BATCH_ROWS = 50_000
MEMORY_OF_DATABASE = "1GB"
NO_WORKSPACE = "{name} is no workspace of MSP Vitals."
ANOTHER = "Give a file that MSP Vitals wrote."
DAMAGED = "{name} can't be opened: it is damaged, or holds something else than MSP Vitals writes."
FROM_BEFORE = "Take a copy of it from before, or load its files again into a new workspace."
Columns = dict[str, str]


def _open(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can reach nothing but the file, and the file by a name that none of its own can hide."""
    con = duckdb.connect(":memory:")
    con.execute("set temp_directory = ''")
    quoted = str(path).replace("'", "''")
    con.execute(f"attach '{quoted}' as kept (read_only)")
    shut(con, MEMORY_OF_DATABASE, threads="1")
    return con


def _columns(con: duckdb.DuckDBPyConnection) -> dict[str, Columns]:
    """Table of raw -> its columns with their types; views are none."""
    found: dict[str, Columns] = {}
    asked = (
        "select columns.table_name, columns.column_name, columns.data_type from duckdb_columns() as columns"
        " join duckdb_tables() as tables using (database_oid, schema_oid, table_oid)"
        " where tables.database_name = 'kept' and tables.schema_name = 'raw'"
    )
    for table, column, sql_type in con.execute(asked).fetchall():
        found.setdefault(table, {})[column] = sql_type
    return found


def _check_format(con: duckdb.DuckDBPyConnection, held: Mapping[str, Columns], name: str) -> None:
    if "format" not in held.get("workspace", {}):
        raise VitalsError(NO_WORKSPACE.format(name=name), ANOTHER)
    found = con.execute("select format from kept.raw.workspace limit 2").fetchall()
    if len(found) != 1 or not isinstance(found[0][0], int):
        raise VitalsError(NO_WORKSPACE.format(name=name), ANOTHER)
    if found[0][0] > FORMAT:
        raise VitalsError(f"{name} was written by a newer version.", "Update MSP Vitals to open it.")
    if found[0][0] < FORMAT:
        hint = "Load its files again into a new workspace."
        raise VitalsError(f"{name} was written by an older version, whose workspaces can't be read any more.", hint)


def _check_views(con: duckdb.DuckDBPyConnection, wanted: Mapping[str, Columns], name: str) -> None:
    """Refuse a file that shows a view in place of one of our tables."""
    asked = "select view_name from duckdb_views() where database_name = 'kept' and schema_name = 'raw'"
    if any(view in wanted for (view,) in con.execute(asked).fetchall()):
        raise VitalsError(DAMAGED.format(name=name), ANOTHER)


def _send_table(con: duckdb.DuckDBPyConnection, table: str, columns: Columns, out: BinaryIO) -> None:
    """The rows of one of our tables, as far as the file has its columns, in the types that we write."""
    cast = ", ".join(f'"{column}"::{sql_type} as "{column}"' for column, sql_type in columns.items())
    wire.send(out, wire.START, table)
    for batch in con.sql(f"select {cast} from kept.raw.{table}").to_arrow_reader(BATCH_ROWS):
        wire.send(out, wire.ROWS, pa.Table.from_batches([batch]))


def _hand_out(path: Path, name: str, wanted: Mapping[str, Columns], out: BinaryIO) -> None:
    with closing(_open(path)) as con:
        held = _columns(con)
        _check_format(con, held, name)
        _check_views(con, wanted, name)
        for table, columns in wanted.items():
            own = {column: sql_type for column, sql_type in columns.items() if column in held.get(table, {})}
            if own:
                _send_table(con, table, own, out)
    wire.send(out, wire.DONE, None)


def hand_out(path: Path, name: str, wanted: Mapping[str, Columns], out: BinaryIO) -> None:
    """Send the rows of the tables that are wanted, as far as the file has them, or why it is refused."""
    try:
        _hand_out(path, name, wanted, out)
    except VitalsError as error:
        wire.send(out, wire.REFUSED, vars(error))
    except (MemoryError, duckdb.OutOfMemoryException):
        said = f"{name} holds more than opening it may take."
        wire.send(out, wire.REFUSED, {"message": said, "hint": FROM_BEFORE})
    except duckdb.Error:
        wire.send(out, wire.REFUSED, {"message": DAMAGED.format(name=name), "hint": FROM_BEFORE})
    except Exception as error:
        wire.send(out, wire.FAILED, places_of(error))


def serve() -> None:
    """Hand out one file's rows: what is asked for comes on standard input, the rows go to standard output."""
    asked = json.loads(sys.stdin.buffer.readline())
    path = Path(asked["path"])
    wire.go_first()
    wire.bind(RLIMIT_AS=wire.MEMORY_BYTES, RLIMIT_CORE=0, RLIMIT_CPU=wire.limits_of(path).cpu_seconds)
    hand_out(path, asked["name"], asked["tables"], sys.stdout.buffer)
