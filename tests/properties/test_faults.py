"""Whatever breaks off a load, wherever it does, the workspace is as it was before or as it is after."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.made import scaled
from tests.properties.stored import ANSWERS, Connection, raw_workspace, whole_state
from vitals import warehouse, workspace
from vitals.ingest.preparation import prepare

TICKETS = b"ticket_id,client,opened_at,hours\nT1,Acme,2025-03-14 09:15,1.5\nT2,Birch,2025-03-15 10:00,2\n"
CHANGED = TICKETS.replace(b"Birch", b"Cedar") + b"T3,Elm,2025-03-16 08:00,1\nT3,Oak,2025-03-16 08:00,1\nT4,,soon,x\n"
ENTRIES = b"worked_on,technician,client,hours\n2025-03-14,Ann,Acme,1.5\n2025-03-14,Ann,Acme,1.5\n"
LINES = b"client,invoiced_on,amount\nAcme,2025-03-01,100.00\nTOTAL,,100.00\n"
ERRORS = [MemoryError, OSError, KeyboardInterrupt]


class Failing:
    """A connection whose n-th statement is not reached: an error comes first."""

    def __init__(self, con: Connection, at: int, error: type[BaseException]) -> None:
        self._con, self.left, self.error = con, at, error

    def execute(self, *statement: Any) -> Any:
        # what cleans up after an error goes through, as it does when the error is a page that was left
        if statement[0] != "rollback":
            self.left -= 1
            if self.left == 0:
                raise self.error
        return self._con.execute(*statement)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._con, name)


def load_more(con: Any) -> None:
    files = {"tickets 2.csv": CHANGED, "entries.csv": ENTRIES, "lines.csv": LINES}
    uploads = [workspace.Upload(name, data) for name, data in files.items()]
    workspace.load_files(con, uploads, workspace.LoadOptions(answers=ANSWERS), prepare=prepare)


def take_back(con: Any) -> None:
    workspace.undo(con, 1)


def statements(con: Connection, work: Callable[[Any], None]) -> int:
    """How many statements the work takes."""
    counting = Failing(con, -1, OSError)
    work(counting)
    return -1 - counting.left


def check_failures(con: Connection, work: Callable[[Any], None], at: int, error: type[BaseException]) -> None:
    """Fail at a statement, and find the state before; nothing but the state is compared, since counts go on."""
    before = whole_state(con)
    with pytest.raises(error):
        work(Failing(con, at, error))
    assert whole_state(con) == before


@pytest.mark.parametrize("work", [load_more, take_back])
def test_an_error_at_any_statement_leaves_the_state_before(work: Callable[[Any], None]) -> None:
    """The workspace has raw tables only: the statements of the build come in a test of their own."""
    with raw_workspace() as con:
        workspace.load_files(con, [workspace.Upload("t.csv", TICKETS)], workspace.LoadOptions(), prepare=prepare)
        last = counted(work)

        @scaled(16)
        @given(st.data())
        def fail_somewhere(data: st.DataObject) -> None:
            at = data.draw(st.integers(1, last), label="statement")
            check_failures(con, work, at, data.draw(st.sampled_from(ERRORS)))

        fail_somewhere()
        work(con)


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_before_the_commit_leaves_no_transaction_open(error: type[BaseException]) -> None:
    with raw_workspace() as con:
        before = whole_state(con)
        with pytest.raises(error), warehouse.transaction(Failing(con, 2, error)):
            con.execute("insert into raw.aliases values ('client', 'a', 'b')")
        assert whole_state(con) == before
        load_more(con)


def test_a_commit_that_fails_itself_is_told_as_such() -> None:
    with raw_workspace() as con:
        with pytest.raises(duckdb.TransactionException, match="no transaction is active"), warehouse.transaction(con):
            con.execute("rollback")
        load_more(con)


def counted(work: Callable[[Any], None]) -> int:
    """How many statements the work takes, tried on a workspace of its own."""
    with raw_workspace() as con:
        workspace.load_files(con, [workspace.Upload("t.csv", TICKETS)], workspace.LoadOptions(), prepare=prepare)
        return statements(con, work)


def test_an_error_in_the_build_leaves_the_state_before() -> None:
    dice = random.Random(1)
    con = warehouse.connect()
    workspace.load_files(con, [workspace.Upload("t.csv", TICKETS)], workspace.LoadOptions(), prepare=prepare)
    for error in ERRORS:
        check_failures(con, load_more, dice.randint(60, 200), error)
    check_failures(con, take_back, dice.randint(20, 120), OSError)
    con.close()


def command(home: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "vitals", *words[:1], "--workspace", str(home / "w.duckdb"), *words[1:]]


def state_of(home: Path) -> dict[str, list[tuple]]:
    with closing(warehouse.connect(home / "w.duckdb")) as con:
        return whole_state(con)


def killed_after(seconds: float, words: list[str]) -> None:
    """Start a command and kill it and whatever it started."""
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(seconds)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_a_killed_load_leaves_the_state_before_or_after(tmp_path: Path) -> None:
    kept, dice = tmp_path / "kept", random.Random(3)
    kept.mkdir()
    files = {"tickets.csv": TICKETS, "more.csv": CHANGED, "entries.csv": ENTRIES, "lines.csv": LINES}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    subprocess.run(command(kept, "load", str(tmp_path / "tickets.csv")), check=False, stdout=subprocess.DEVNULL)
    before = state_of(kept)
    more = [str(tmp_path / name) for name in ("more.csv", "entries.csv", "lines.csv")]
    whole = shutil.copytree(kept, tmp_path / "whole")
    started = time.monotonic()
    subprocess.run(command(whole, "load", *more), check=False, stdout=subprocess.DEVNULL)
    duration, after = time.monotonic() - started, state_of(whole)
    assert before != after
    for turn in range(8):
        home = shutil.copytree(kept, tmp_path / f"turn {turn}")
        killed_after(duration * (0.5 + 0.5 * (turn + dice.random()) / 8), command(home, "load", *more))
        assert state_of(home) in (before, after)
