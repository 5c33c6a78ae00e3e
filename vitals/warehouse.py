"""The database of one workspace: created locked, built from raw rows in one go, asked by query name."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from vitals import queries
from vitals.assumptions import (
    HOLIDAY_COUNTRY,
    assumptions,
    check_working_day,
    public_holidays,
    read_value,
)
from vitals.catalogue import numbers
from vitals.contract import Column, entities
from vitals.database import shut
from vitals.errors import VitalsError
from vitals.formats import UNSTATED
from vitals.limits import SESSION_MEMORY
from vitals.queries import TABLE_LAYERS, Query, build_order, called, downstream, fingerprint, macros
from vitals.registers import create_register, registers
from vitals.steps import asked, typed

if TYPE_CHECKING:
    # a command that makes no frame need not wait for it
    import pandas as pd
    import pyarrow as pa

Connection = duckdb.DuckDBPyConnection
ARRIVING = "incoming"
KEPT = "select name, value, said from raw.assumptions"
FORMAT = 1
"""Rises when a workspace written before can't be read any more."""

# A workspace in a file spills beside it, so that a large load stays small; one in memory has nowhere to spill to.
MEMORY_OF_A_FILE = "600MB"

REASONS = (
    # what DuckDB or the system says, in small letters; what happened; what to do about it
    (r"no space left|not enough space|disk quota", "The disk of {path} is full.", "Free some space and run it again."),
    (r"lock on file|used by another process", "{path} is in use by another program.", "Close that program first."),
    (r"but we can only read|newer version", "{path} was written by a newer version.", "Update MSP Vitals to open it."),
    (r"permission denied|read-only file system|access is denied", "{path} can't be written: it is read-only.",
     "Make it and its folder writable, or copy it to where it can be written."),
    (r"corrupt|could not read enough|not a valid duckdb", "{path} can't be opened as a workspace: it is damaged.",
     "Take a copy of it from before, or load its files again into a new workspace."),
)  # fmt: skip


def reason(path: Path, error: Exception) -> VitalsError | None:
    """Why the workspace's file fails, as its user can mend it; none where the failure is another."""
    said = str(error).lower()
    known = (VitalsError(told.format(path=path), hint) for heard, told, hint in REASONS if re.search(heard, said))
    return next(known, None) if isinstance(error, duckdb.Error | OSError) else None


def lock(con: Connection, path: Path | None) -> None:
    """Shut a workspace's database, before the first byte of an upload is read."""
    # a workspace in memory never spills to a disk that its user did not ask for
    memory, spills_to = (MEMORY_OF_A_FILE, f"{path}.tmp") if path else (f"{SESSION_MEMORY.value}MiB", "")
    shut(con, memory, spills_to, preserve_insertion_order="false")


@contextmanager
def transaction(con: Connection) -> Iterator[None]:
    """All or nothing; an error of any kind, an interrupt too, leaves the state before."""
    con.execute("begin transaction")
    try:
        yield
        con.execute("commit")
    except BaseException:
        # a commit that failed has ended the transaction already
        with suppress(duckdb.TransactionException):
            con.execute("rollback")
        raise


@contextmanager
def arriving(con: Connection, rows: pa.Table) -> Iterator[None]:
    """Lay rows under the name by which the statements take them, for as long as the block runs."""
    con.register(ARRIVING, rows)
    try:
        yield
    finally:
        con.unregister(ARRIVING)


def lay(con: Connection, name: str, sql: str) -> None:
    """Let a query stand under a name on this connection, for the statements that read it."""
    con.execute(f"create or replace temp view {name} as {sql}")


def _check_file(path: Path) -> None:
    """Refuse a file of another kind: DuckDB would read a CSV as a view in memory, and what is loaded would be lost."""
    if not path.parent.is_dir():
        raise VitalsError(f"There is no folder {path.parent}.", "Create it, or give another name.")
    if path.is_dir():
        raise VitalsError(f"{path} is a folder.", "Give the name of a file in it.")
    if not path.is_file():
        return
    with path.open("rb") as file:
        head = file.read(12)
    if head and head[8:] != b"DUCK":
        raise VitalsError(f"{path} can't be opened as a workspace.", "It holds something else: give another name.")


def _stored(column: Column) -> str:
    """A column's name, type and form."""
    return f"{column.name} {column.sql_type}{queries.form_of(column.name)}"


def _entity_columns(name: str) -> str:
    """The column list of raw.<name>: where a row came from, then its own columns."""
    return ", ".join(["load_id integer", "row_number bigint", *map(_stored, entities()[name].columns)])


def _check_format(con: Connection) -> None:
    found = con.execute("select format from raw.workspace").fetchall()
    if found != [(FORMAT,)]:
        is_newer = bool(found) and found[0][0] > FORMAT
        said = f"This workspace was written by another version{', newer than this one' if is_newer else ''}."
        update = "Update MSP Vitals, or load" if is_newer else "Load"
        raise VitalsError(said, f"{update} its files again into a new workspace.")


def create_tables(con: Connection) -> None:
    """Create the raw tables that the workspace lacks: all where it is new, those that came later where it is older.

    Raises VitalsError if the workspace has another format.
    """
    is_new = not con.execute("select 1 from duckdb_tables() where schema_name = 'raw' limit 1").fetchall()
    if not is_new:
        _check_format(con)
    queries.run(con, "schemas")
    queries.run(con, "tables")
    for name in entities():
        for table in (name, f"conflicting_{name}"):
            con.execute(f"create table if not exists raw.{table} ({_entity_columns(name)})")
    for kept in registers().values():
        create_register(con, kept)
    if is_new:
        con.execute("insert into raw.workspace values (?, null)", [FORMAT])


def built_from(con: Connection) -> str | None:
    """The fingerprint of the queries that the workspace's tables were last built from."""
    return next((text for (text,) in con.execute("select built_from from raw.workspace").fetchall()), None)


def note_built(con: Connection, fingerprint: str) -> None:
    """Remember which queries the tables were built from, so that newer ones rebuild them."""
    con.execute("update raw.workspace set built_from = ?", [fingerprint])


def write_assumptions(con: Connection, supposed: Mapping[str, float] | None = None) -> None:
    """Write core.assumption: a column for each; what is supposed goes before the user's value, and that before ours."""
    kept = {name: value if said is None else said for name, value, said in con.execute(KEPT).fetchall()}
    known = assumptions()
    values = {name: kept.get(name, item.default) for name, item in known.items()} | {**(supposed or {})}
    own = ", ".join(f"{name} {'varchar' if item.is_text else 'double'}" for name, item in known.items())
    con.execute(f"create or replace table core.assumption ({own})")
    con.execute(f"insert into core.assumption values ({', '.join('?' * len(values))})", [*values.values()])
    _write_holidays(con, str(values[HOLIDAY_COUNTRY] or ""))


def _write_holidays(con: Connection, country: str) -> None:
    """Write core.assumed_holidays: the public holidays of a country; none without one."""
    days = public_holidays(country)
    con.execute("create or replace table core.assumed_holidays (day date, name varchar)")
    columns = [[day for day, _ in days], [name for _, name in days]]
    con.execute("insert into core.assumed_holidays select unnest(?::date[]), unnest(?::varchar[])", columns)


def _write_benchmarks(con: Connection) -> None:
    """Write core.benchmark: from where to where a number is as it should be, and who says so: the catalogue."""
    said = [(item, item.benchmark) for item in numbers().values() if item.benchmark]
    known = [
        (item.name, found.low, found.high, item.label, item.format, found.text, found.source, found.basis)
        for item, found in said
    ]
    words = ", ".join(f"{name} varchar" for name in ("label", "format", "text", "source", "basis"))
    con.execute(
        f"create or replace table core.benchmark (number varchar primary key, low double, high double, {words})"
    )
    con.executemany("insert into core.benchmark values (?, ?, ?, ?, ?, ?, ?, ?)", known)


def is_current(con: Connection) -> bool:
    """Whether the workspace's tables were built, and from the queries as they are now."""
    return built_from(con) == fingerprint()


def _open(path: Path, reads_only: bool) -> Connection:
    try:
        _check_file(path)
        return duckdb.connect(str(path), read_only=reads_only)
    except (duckdb.Error, OSError) as error:
        other = VitalsError(f"{path} can't be opened as a workspace.", "Give another name.")
        raise reason(path, error) or other from error


def can_write(path: Path) -> bool:
    """Whether the workspace can change: its log lies beside the file, so the folder must be writable too."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def read(path: Path) -> Connection:
    """A locked connection for who only asks: where the file can't be written it is enough that its tables are current.

    Raises VitalsError as connect does, and for a read-only file that would have to be built anew.
    """
    return connect(path) if can_write(path) else read_only(path)


def read_only(path: Path) -> Connection:
    """A locked connection that can change nothing of the workspace, whoever asks.

    Raises VitalsError as connect does, and for tables that would have to be built anew.
    """
    con = _open(path, reads_only=True)
    lock(con, None)
    _check_format(con)
    if not is_current(con):
        con.close()
        hint = "Copy it to where it can be written, run `check` on the copy, and ask that."
        raise VitalsError(f"{path} was built by another version, and here it is only read.", hint)
    return con


def connect(path: Path | None = None, *, is_built: bool = True) -> Connection:
    """A locked connection to the workspace in path, or to one in memory that dies with the session.

    One that is not to be built yet gets its tables from the load that follows.
    Raises VitalsError if the file is no workspace, is newer, damaged, in use, or can't be written.
    """
    con = _open(path, reads_only=False) if path else duckdb.connect(":memory:")
    lock(con, path)
    with transaction(con):
        create_tables(con)
        if is_built and not is_current(con):
            build(con)
    return con


def created_as(item: Query) -> str:
    """The statement that makes the table, the view, or of a query with parameters the macro by which others call it."""
    if item.params:
        named = ", ".join(f"_{param}" for param in item.params)
        return f"create or replace macro {item.name}({named}) as table {typed(item, is_macro=True)}"
    return item.as_table if item.layer in TABLE_LAYERS else f"create or replace view {item.name} as {item.sql}"


def _stand_in(item: Query) -> str:
    """A relation of the same name, parameters and columns, and of one row without a value."""
    columns = ", ".join(f"null::{column.sql_type} as {column.name}" for column in item.columns)
    return created_as(replace(item, sql=f"select {columns}"))


def _make_all(con: Connection) -> None:
    """Make macros and views, those that read others first: making one works out all that it reads, here stand-ins."""
    views = (item for item in build_order() if item.layer not in TABLE_LAYERS)
    made = [item for item in views if not item.params or item.name in called()]
    for item in made:
        con.execute(_stand_in(item))
    for item in reversed(made):
        con.execute(created_as(item))


def _build_all(con: Connection, items: Iterable[Query], progress: Callable[[str], None] | None = None) -> None:
    """Build those of the queries that are tables."""
    for item in items:
        if item.layer in TABLE_LAYERS:
            if progress:
                progress(item.purpose)
            con.execute(created_as(item))


def build(con: Connection, progress: Callable[[str], None] | None = None) -> None:
    """Build every staging and core table anew; call it inside a transaction to swap at once."""
    # macros, views and benchmarks are as the queries and the catalogue are: they are made once for a state of those
    is_made = is_current(con)
    if not is_made:
        con.execute(macros())
        _write_benchmarks(con)
    write_assumptions(con)
    _build_all(con, build_order(), progress)
    if not is_made:
        _make_all(con)
    note_built(con, fingerprint())


def rebuild_after(con: Connection, changed: set[str]) -> None:
    """Build only the tables that rest on the relations named in changed."""
    _build_all(con, downstream(changed))


def set_assumption(con: Connection, name: str, text: str) -> None:
    """Keep a value for an assumption and rebuild what rests on it.

    Raises VitalsError if there is no such assumption or the text is no value for it.
    """
    value = read_value(name, text)
    check_working_day(records(con.execute("from core.assumption"))[0] | {name: value})
    with transaction(con):
        number, said = (None, value) if isinstance(value, str) else (value, None)
        queries.run(con, "keep_assumption", name=name, value=number, said=said, now=datetime.now())
        write_assumptions(con)
        rebuild_after(con, {"core.assumption", "core.assumed_holidays"})


def run(con: Connection, name: str, **params: Any) -> pd.DataFrame:
    """The rows of a named query as a DataFrame; money arrives as float64, so sum money in SQL, not here."""
    with asked(con, name, params) as (sql, bound):
        return con.execute(sql, bound).df()


def records(found: Connection, most: int | None = None) -> list[dict[str, Any]]:
    """The rows that a statement returned, or so many of them, as dictionaries."""
    names = [column[0] for column in found.description or ()]
    fetched = found.fetchall() if most is None else found.fetchmany(most)
    return [dict(zip(names, row, strict=True)) for row in fetched]


def rows(con: Connection, name: str, most: int | None = None, /, **params: Any) -> list[dict[str, Any]]:
    """The rows of a named query, or so many of them, as dictionaries, money as exact Decimals."""
    with asked(con, name, params) as (sql, bound):
        return records(con.execute(sql, bound), most)


def currency(con: Connection) -> str:
    """The currency of the workspace's amounts; empty if no file says which."""
    found = rows(con, "metrics.workspace_currency")
    return str(found[0]["currency"]) if found else UNSTATED


def count(con: Connection, name: str, **params: Any) -> int:
    """How many rows a named query has, without fetching them."""
    with asked(con, name, params) as (sql, bound):
        return int(con.execute(f"select count(*) from ({sql}\n)", bound).fetchall()[0][0])
