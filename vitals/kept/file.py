"""A workspace as a file: the rows of its raw tables, written to a new file and put back from one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, Any

import duckdb
import pyarrow as pa

from vitals import queries, warehouse
from vitals.assumptions import assumptions, read_value
from vitals.contract import entities
from vitals.errors import VitalsError
from vitals.ingest.process import wire
from vitals.ingest.process.parent import InterruptedReadingError, Worker, check_frame
from vitals.kept.child import ANOTHER, BATCH_ROWS, DAMAGED, NO_WORKSPACE
from vitals.registers import kept_rows, registers, write_register

Connection = warehouse.Connection
Part = tuple[str, pa.Table]
"""Some rows of a raw table, by its name."""
MAGIC = slice(8, 12), b"DUCK"
MOST_BYTES = 4 * 1024**3
"""What a session's memory takes in."""
TOO_LARGE, BY_COMMAND = "is larger than a session's memory.", "Ask it by the command line: python -m vitals query."
STRANGE = "{name} holds what MSP Vitals would not have written: {what}"


def _tables(con: Connection) -> dict[str, dict[str, str]]:
    """Every raw table of the workspace with its columns and their types."""
    found: dict[str, dict[str, str]] = {}
    for table, column, sql_type in queries.run(con, "raw_columns").fetchall():
        found.setdefault(table, {})[column] = sql_type
    return found


def rows_of(con: Connection) -> Iterator[Part]:
    """All that a workspace was told, table by table, in parts."""
    for name in _tables(con):
        for batch in filter(len, con.table(f"raw.{name}").to_arrow_reader(BATCH_ROWS)):
            yield name, pa.Table.from_batches([batch])


def _empty(con: Connection) -> None:
    """Let nothing stand that a user loaded or said."""
    for name in _tables(con):
        if name in registers():
            kept = registers()[name]
            write_register(con, kept, map(kept.read, kept.rows))
        else:
            con.execute(f"delete from raw.{name}")


def put(con: Connection, parts: Iterable[Part]) -> None:
    """Let rows stand in the raw tables in place of all that they hold; call it inside a transaction."""
    _empty(con)
    came = set[str]()
    for name, rows in parts:
        if name not in came and name in registers():
            con.execute(f"delete from raw.{name}")
        came.add(name)
        if len(rows):
            with warehouse.arriving(con, rows):
                con.execute(f"insert into raw.{name} by name select * from {warehouse.ARRIVING}")


def clear(con: Connection) -> None:
    """Make the workspace as empty as a new one."""
    with warehouse.transaction(con):
        put(con, ())
        warehouse.build(con)


def write(parts: Iterable[Part], path: Path) -> None:
    """Write rows to a new workspace's file, whose tables are built by whoever opens it first."""
    with closing(warehouse.connect(path, is_built=False)) as con, warehouse.transaction(con):
        put(con, parts)


def _check_texts(con: Connection) -> None:
    """Refuse texts that another part of the program would stumble over."""
    for text in (text for text, *_ in queries.run(con, "kept_texts").fetchall() if text):
        if not isinstance(json.loads(text), dict):
            raise ValueError("a mapping")
    unknown = {entity for (entity,) in queries.run(con, "kept_entities").fetchall()} - entities().keys()
    if unknown:
        raise ValueError("rows of an unknown kind")


def check(con: Connection, name: str) -> None:
    """Refuse what could not have been said on a page. Raises VitalsError for the first of it."""
    try:
        for kept in registers().values():
            kept.checked(kept_rows(con, kept))
        for known, value, said in con.execute(warehouse.KEPT).fetchall():
            if known in assumptions():
                read_value(known, said if said is not None else "" if value is None else repr(value))
        _check_texts(con)
    except VitalsError as error:
        raise VitalsError(STRANGE.format(name=name, what=error.message), ANOTHER) from error
    except (ValueError, RecursionError) as error:
        raise VitalsError(STRANGE.format(name=name, what="a text that can't be read."), ANOTHER) from error


def check_kind(head: bytes, name: str) -> None:
    """Refuse a file that is no database of this kind before anything opens it."""
    place, magic = MAGIC
    if head[place] != magic:
        raise VitalsError(NO_WORKSPACE.format(name=name), ANOTHER)


class Opener(Worker):
    """A process that opens one file."""

    module = "vitals.kept"
    patience = 30
    busy = ("Too many files are being opened.", "Try it again in a moment.")

    def parts(self, path: Path, name: str, tables: Mapping[str, Mapping[str, str]]) -> Iterator[Part]:
        """The rows of the file's tables, as they come.

        Raises VitalsError if it is no workspace, is of another version, damaged or too large, and
        InterruptedReadingError if it was interrupted.
        """
        with path.open("rb") as file:
            check_kind(file.read(12), name)
        child = self.start()
        try:
            with child.working(wire.limits_of(path)):
                # one that died before it took the request is noticed when its reply is read
                with suppress(OSError):
                    child.tell({"path": str(path.resolve()), "name": name, "tables": tables})
                for part in parts_said(child.said, name, tables):
                    with child.unawaited():
                        yield part
        except EOFError:
            if self.is_interrupted:
                raise InterruptedReadingError from None
            raise VitalsError(DAMAGED.format(name=name), ANOTHER) from None
        finally:
            self.close()


def parts_said(said: IO[bytes], name: str, tables: Mapping[str, Any]) -> Iterator[Part]:
    """The rows that a child hands out. Raises VitalsError if it refuses the file, and EOFError if it ends too soon."""
    table, size = "", 0
    for frame in wire.frames(said):
        kind, content = check_frame(frame, f"{name} can't be opened")
        if kind == wire.DONE:
            return
        table, rows = (content, pa.table({})) if kind == wire.START else (table, content)
        size += rows.nbytes
        if table not in tables or size > MOST_BYTES:
            raise VitalsError(f"{name} {TOO_LARGE}", BY_COMMAND)
        yield table, rows
    raise EOFError


def fill(con: Connection, path: Path, name: str, opener: Opener) -> None:
    """Let what a file holds stand in place of all that the workspace held, and build it; inside a transaction.

    Raises VitalsError as Opener.parts does, and for rows that don't fit together.
    """
    try:
        put(con, opener.parts(path, name, _tables(con)))
        check(con, name)
        warehouse.build(con)
    except duckdb.InterruptException:
        raise
    except duckdb.OutOfMemoryException as error:
        raise VitalsError(f"{name} {TOO_LARGE}", BY_COMMAND) from error
    except duckdb.Error as error:
        raise VitalsError(DAMAGED.format(name=name), ANOTHER) from error


def copied(path: Path, name: str, opener: Opener, to: Path) -> None:
    """Copy what a file holds into a new workspace's file: our tables and nothing else. Raises as fill does."""
    try:
        with closing(warehouse.connect(to, is_built=False)) as con, warehouse.transaction(con):
            put(con, opener.parts(path, name, _tables(con)))
            check(con, name)
    except duckdb.Error as error:
        raise warehouse.reason(to, error) or VitalsError(DAMAGED.format(name=name), ANOTHER) from error
