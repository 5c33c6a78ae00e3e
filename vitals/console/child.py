"""The process that answers a question in SQL: on a copy of what it reads, within limits, and can reach nothing else."""

from __future__ import annotations

import json
import sys
import time
from math import ceil
from typing import BinaryIO

import duckdb
import pyarrow as pa

from vitals.database import shut
from vitals.errors import VitalsError, places_of
from vitals.ingest.process import wire
from vitals.queries import relations, serialised

MEMORY_BYTES, MEMORY_OF_DATABASE = 2 * 1024**3, "1GB"
CPU_SECONDS = 10
MOST_ROWS, MOST_BYTES = 1_000, 32 * 1024**2
TOO_MUCH = "The question needs more memory than it may take."
ONE_SELECT = "One SELECT is answered at a time, and nothing else."


def _open() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(":memory:")
    shut(con, MEMORY_OF_DATABASE, threads="1")
    return con


def _named(sql: str) -> list[str]:
    """The relations that a question names. Raises VitalsError where it is more or other than one SELECT."""
    statements = duckdb.extract_statements(sql)
    if len(statements) != 1:
        raise VitalsError(ONE_SELECT, "Leave the other statements out.")
    if statements[0].type != duckdb.StatementType.SELECT:
        raise VitalsError(ONE_SELECT, "Ask with SELECT: nothing can be changed here.")
    tree = serialised(sql)
    if tree.get("error"):
        raise VitalsError(str(tree.get("error_message", ONE_SELECT)), ONE_SELECT)
    return sorted(set(relations(tree)))


def _copy(con: duckdb.DuckDBPyConnection, source: BinaryIO) -> None:
    """Build what the parent sends: tables, first without a row and then with them, and what stands on tables."""
    name = ""
    for kind, content in wire.frames(source):
        if kind == wire.START:
            name = content
        elif kind == wire.ROWS:
            rows = con.from_arrow(content)
            rows.insert_into(name) if content.num_rows else rows.create(name)
        elif kind == wire.PROGRESS:
            con.execute(content)


def _answer(con: duckdb.DuckDBPyConnection, sql: str) -> pa.Table:
    """The first rows, one more than are shown where there are more."""
    wire.bind(RLIMIT_CPU=ceil(time.process_time() + CPU_SECONDS))
    reader, rows = con.sql(sql).to_arrow_reader(MOST_ROWS + 1), 0
    batches: list[pa.RecordBatch] = []
    while rows <= MOST_ROWS and (batch := next(iter(reader), None)) is not None:
        batches.append(batch)
        rows += batch.num_rows
    found = pa.Table.from_batches(batches, reader.schema).slice(0, MOST_ROWS + 1)
    if found.nbytes > MOST_BYTES:
        raise VitalsError("The answer is larger than a screen can show.", "Ask for fewer columns, or sum it up.")
    return found


def _serve(source: BinaryIO, out: BinaryIO) -> None:
    sql = json.loads(source.readline())["sql"]
    con = _open()
    wire.send(out, wire.DONE, _named(sql))
    _copy(con, source)
    wire.send(out, wire.PROGRESS, "copied")
    rows = _answer(con, sql)
    wire.send(out, wire.ROWS, rows.slice(0, MOST_ROWS))
    wire.send(out, wire.DONE, rows.num_rows > MOST_ROWS)


def serve() -> None:
    """Answer one question from standard input on standard output."""
    wire.bind(RLIMIT_AS=MEMORY_BYTES, RLIMIT_CORE=0)
    out = sys.stdout.buffer
    try:
        _serve(sys.stdin.buffer, out)
    except VitalsError as error:
        wire.send(out, wire.REFUSED, vars(error))
    except (MemoryError, duckdb.OutOfMemoryException):
        wire.send(out, wire.REFUSED, {"message": TOO_MUCH, "hint": "Ask for fewer rows, or sum them up."})
    except duckdb.CatalogException as error:
        # what it takes for alike are tables of the engine's own
        message = str(error).partition("Did you mean")[0].strip()
        wire.send(out, wire.REFUSED, {"message": message, "hint": "The tables that there are stand below."})
    except duckdb.Error as error:
        wire.send(out, wire.REFUSED, {"message": str(error).strip(), "hint": "Mend the SQL and run it again."})
    except Exception as error:
        wire.send(out, wire.FAILED, places_of(error))
