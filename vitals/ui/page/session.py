"""One visitor's workspace: its connection, the queries running on it, and what to do when a run is overtaken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Any, TypeVar

import duckdb
import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from vitals import formats, limits, warehouse, workspace
from vitals.console.parent import Answer, Console
from vitals.ingest.process.parent import InterruptedReadingError, ReaderProcess, Worker
from vitals.kept import shared
from vitals.kept.file import Opener
from vitals.kept.folder import Kept
from vitals.kept.published import Published
from vitals.queries import all_queries
from vitals.ui.page import lifetime, memory, record, standing
from vitals.ui.page.standing import CHANGED, CONNECTION, HOLDING
from vitals.workspace import choices

CURRENCY = "metrics.workspace_currency"
FRAME, ROWS = "frame", "rows"
"""The results of queries that are kept."""
W = TypeVar("W", bound=lifetime.Interruptible)
P = TypeVar("P", bound=Worker)
MOST_ROWS = 20_000
"""How long a result may be that is kept."""


def connection() -> warehouse.Connection:
    """The workspace that the session reads together with others, else its own locked database, else an empty one.

    Its own lives in the session state: a session-scoped cache is emptied when the network drops for a moment.
    Raises VitalsError where the session reads what was published.
    """
    held = standing.holding()
    if held.published or held.reading or CONNECTION not in st.session_state:
        return held.now()
    return st.session_state[CONNECTION]


def interrupt_overtaken() -> None:
    """Stop what works for a run that a newer one has overtaken; the abandoned thread would burn on otherwise."""
    standing.holding().interrupt()


@contextmanager
def _live(work: W) -> Iterator[W]:
    """Work that the next run can interrupt, as can whoever sees the visitor leave."""
    live = standing.holding().live
    live.add(work)
    try:
        yield work
    finally:
        live.discard(work)


@contextmanager
def _until_interrupted(con: warehouse.Connection) -> Iterator[warehouse.Connection]:
    """A connection that the next run can interrupt; an interrupted run ends without a word."""
    with closing(con) as opened:
        try:
            with _live(opened):
                yield opened
        except (duckdb.InterruptException, InterruptedReadingError):
            st.stop()


def cursor() -> AbstractContextManager[warehouse.Connection]:
    """A cursor of this session that the next run can interrupt."""
    return _until_interrupted(connection().cursor())


def another() -> AbstractContextManager[warehouse.Connection]:
    """A workspace in memory beside the session's own, for as long as the block runs."""
    return _until_interrupted(warehouse.connect())


@contextmanager
def reading() -> Iterator[ReaderProcess]:
    """A process to read files in, which can be interrupted. Raises VitalsError where there is no memory for a load."""
    limits.check_room()
    with working(ReaderProcess()) as process:
        yield process


def found(find: Callable[..., Any], *said: Any, **asked: Any) -> Any:
    """What a function finds that leaves the workspace as it was: its connection comes first."""
    with cursor() as opened:
        return find(opened, *said, **asked)


def ask(sql: str) -> Answer:
    """What a question in SQL finds, in a process that can be interrupted.

    Raises VitalsError as Console.ask does.
    """
    with _live(Console()) as console, cursor() as opened:
        return console.ask(opened, sql)


@contextmanager
def working(work: P) -> Iterator[P]:
    """Work in a process of its own that the next run can interrupt."""
    with closing(work), _live(work):
        yield work


@contextmanager
def writing() -> Iterator[warehouse.Connection]:
    """A cursor for whatever changes the workspace: every result kept so far is let go.

    Who reads a workspace together with others goes on with a copy of its own.
    """
    edit_copy()
    try:
        with cursor() as opened:
            yield opened
    finally:
        st.session_state[CHANGED] = True
        memory.forget()


def release(uploaded: Any) -> None:
    """Free the bytes of an upload, which the framework would hold until long after the session's end."""
    context = get_script_run_ctx()
    if context:
        manager: Any = context.uploaded_file_mgr
        manager.remove_file(context.session_id, uploaded.file_id)


def follow() -> None:
    """Go on with what somebody kept since of the workspace that is read, or without it where it is no longer ours."""
    if standing.leave_if_refused():
        forget_visit()
    if standing.is_outdated():
        with working(Opener()) as process:
            standing.follow(process)


def open_kept(kept: Kept) -> None:
    """Read a kept workspace together with whoever else does, in place of what was open."""
    with working(Opener()) as process:
        standing.stand_on(shared.take(kept, process))


def _own() -> None:
    """Make a workspace of one's own where there is none yet; what is kept of the empty one holds for it, too."""
    if CONNECTION not in st.session_state:
        standing.holding().connection = st.session_state[CONNECTION] = warehouse.connect()


def edit_copy() -> None:
    """Go on with a workspace of one's own: a copy of what is read together with others, or a new one.

    Raises VitalsError where what was published is read.
    """
    if published := standing.holding().published:
        raise published.needs_the_workspace()
    if standing.is_reading():
        with cursor() as opened:
            standing.stand_on_own(shared.copied(opened))
    _own()
    standing.begin_writing()


def supposing(find: Callable[..., Any], *said: Any, **asked: Any) -> Any:
    """What a function finds that supposes something, and takes it back: what is shared is copied for it first."""
    holding = standing.holding()
    if not holding.reading:
        holding.now()
        _own()
        return found(find, *said, **asked)
    with cursor() as opened, holding.reading.supposed(opened) as con, _until_interrupted(con.cursor()) as supposing:
        return find(supposing, *said, **asked)


def forget_visit() -> None:
    """Let go of what a session keeps of the workspace before: files that wait, reports, choices, drafts."""
    for key in set(st.session_state) - {CONNECTION, HOLDING}:
        del st.session_state[key]
    memory.forget()


def decide(change: Callable[..., None], *said: Any) -> None:
    """Keep what the user says: a change of the workspace with its arguments after the connection."""
    with writing() as opened:
        change(opened, *said)


def _is_short(result: Any) -> bool:
    return len(result) <= MOST_ROWS


def _asked(kind: str, ask: Callable[..., Any], name: str, params: dict[str, Any]) -> Any:
    """The result of a query, which is asked once until the workspace changes: for all who read it together."""
    held = standing.holding()
    reading = held.reading

    def make() -> Any:
        if published := held.published:
            return _asked_elsewhere(published, kind, name, params)
        return _asked_of(reading.con if reading else connection(), ask, name, params)

    shelf = reading.shelf if reading else None
    return memory.once((kind, name, *sorted(params.items())), make, _is_short, shelf)


def _asked_of(con: warehouse.Connection, ask: Callable[..., Any], name: str, params: dict[str, Any]) -> Any:
    with _until_interrupted(con.cursor()) as opened:
        found = ask(opened, name, **params)
    if isinstance(found, pd.DataFrame) and len(found.columns):
        # a frame finds its columns by a table that it lays out at the first look: here, not in two threads at once
        found.columns.get_loc(found.columns[0])
    return found


def _asked_elsewhere(published: Published, kind: str, name: str, params: dict[str, Any]) -> Any:
    """The result of a query that an engine answers; whatever is no query needs the workspace itself."""
    if kind not in (FRAME, ROWS):
        raise published.needs_the_workspace()
    with _live(published):
        return published.frame(name, params) if kind == FRAME else published.rows(name, params)


def _frame(name: str, params: dict[str, Any]) -> pd.DataFrame:
    frame: pd.DataFrame = _asked(FRAME, warehouse.run, name, params)
    return frame.copy(deep=False)


def _row(name: str, params: dict[str, Any]) -> dict[str, Any]:
    found = _asked(ROWS, warehouse.rows, name, params)
    return dict(found[0]) if found else {}


def run(name: str, **params: Any) -> pd.DataFrame:
    """The rows of a named query; a copy, so that a page may change it."""
    record.asked(name)
    return _frame(name, params)


def one(name: str, **params: Any) -> dict[str, Any]:
    """The single row of a named query as a dictionary, money exact; empty if it has none."""
    record.asked(name)
    return _row(name, params)


def currency_code() -> str:
    """The currency of the workspace's amounts; empty if no file says which."""
    return str(_row(CURRENCY, {}).get("currency", formats.UNSTATED))


def assumed() -> dict[str, Any]:
    """Every assumption by name, as it stands now."""
    return _row("metrics.assumptions", {})


def amounts() -> AbstractContextManager[None]:
    """Write amounts in the currency of this session's workspace; whatever draws stands inside."""
    return formats.written_in(currency_code())


def register(name: str, /, **where: Any) -> list[dict[str, Any]]:
    """The rows of a register, those alone whose columns have the values of where."""
    rows: list[dict[str, Any]] = _asked("register", choices.register_rows, name, where)
    return [dict(row) for row in rows]


def keep_register(name: str, rows: list[dict[str, Any]], /, **where: Any) -> None:
    """Let rows stand in a register instead of those of where; the metrics feel it at once."""
    with writing() as opened:
        choices.keep_register(opened, name, rows, **where)


def load(load_id: int) -> workspace.Report:
    """What came of a load, as things stand now."""

    def ask(con: warehouse.Connection, name: str, load_id: int) -> list[workspace.Report]:
        return [workspace.report_of(con, load_id)]

    found: list[workspace.Report] = _asked("report", ask, "load", {"load_id": load_id})
    return found[0]


def later(make: Callable[[warehouse.Connection], bytes]) -> Callable[[], bytes]:
    """A download that is made only when it is asked for, outside any run, from the workspace as it is then."""
    holding = standing.holding()
    holding.now()

    def made() -> bytes:
        with closing(holding.now().cursor()) as opened, formats.written_in(warehouse.currency(opened)):
            return make(opened)

    return made


def frame_later(make: Callable[[pd.DataFrame], bytes], name: str, **params: Any) -> Callable[[], bytes]:
    """A download of all rows of a named query, wherever it is answered."""
    if published := standing.holding().published:
        return lambda: make(published.frame(name, params))
    return later(lambda con: make(warehouse.run(con, name, **params)))


def knows(name: str) -> bool:
    """Whether there is a query of that name."""
    return name in all_queries()


def contents() -> pd.DataFrame:
    """What the workspace holds: a row per kind of table."""
    return _frame("metrics.workspace_contents", {})


def held() -> frozenset[str]:
    """The entities that have rows."""
    found = contents()
    return frozenset(found.loc[found["has_rows"].astype(bool), "entity"])


def set_assumption(name: str, text: str) -> None:
    """Keep a value for an assumption; the metrics feel it at once."""
    with writing() as opened:
        warehouse.set_assumption(opened, name, text)
