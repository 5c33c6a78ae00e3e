"""A session that nobody comes back to is let go of whole; one that somebody comes back to in time is not touched."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from streamlit.runtime.state import SessionState

from tests.browser.server import ROOT
from vitals.ui.page import lifetime
from vitals.ui.page.lifetime import RECONNECT_SECONDS, Holding, look


class Server:
    """A runtime with one session, whose visitor comes and goes."""

    def __init__(self) -> None:
        self.is_there, self.closed = True, []

    def is_active_session(self, name: str) -> bool:
        return self.is_there

    def close_session(self, name: str) -> None:
        self.closed.append(name)


class Work:
    """Something that runs for a session."""

    def __init__(self) -> None:
        self.interruptions = 0

    def interrupt(self) -> None:
        self.interruptions += 1


@pytest.fixture
def held(monkeypatch):
    state = SessionState()
    state["vitals_queue"] = ["a file"]
    holding = Holding(SimpleNamespace(session_state=state), duckdb.connect(), {Work()})
    monkeypatch.setattr(lifetime, "HELD", {"a": holding})
    return holding


def interruptions(held) -> int:
    return sum(item.interruptions for item in held.live)


def test_nothing_happens_to_who_is_there(held):
    for now in range(0, 1000, 10):
        look(Server(), now)
    assert interruptions(held) == 0
    assert held.connection.execute("select 1").fetchall() == [(1,)]


def test_what_runs_for_who_left_is_stopped_and_all_is_there_for_who_comes_back(held):
    server = Server()
    look(server, 100)
    server.is_there = False
    look(server, 101)
    assert interruptions(held) == 1
    look(server, 100 + RECONNECT_SECONDS)
    server.is_there = True
    look(server, 110 + RECONNECT_SECONDS)
    server.is_there = False
    look(server, 111 + RECONNECT_SECONDS)
    look(server, 110 + 2 * RECONNECT_SECONDS)
    assert server.closed == []
    assert held.session.session_state["vitals_queue"] == ["a file"]
    assert held.connection.execute("select 1").fetchall() == [(1,)]


def test_who_stays_away_leaves_nothing(held):
    server, own = Server(), held.connection
    server.is_there = False
    look(server, 100)
    look(server, 100 + RECONNECT_SECONDS)
    assert server.closed == ["a"]
    assert lifetime.HELD == {}
    assert "vitals_queue" not in held.session.session_state
    with pytest.raises(duckdb.ConnectionException):
        own.execute("select 1")
    look(server, 1000)


def test_a_query_that_has_ended_meanwhile_stops_nothing(held):
    closed = duckdb.connect()
    closed.close()
    held.live.add(closed)
    held.interrupt()


def test_it_is_about_a_minute():
    assert 30 <= RECONNECT_SECONDS <= 90


FREED = """
import random, sys
from tests.browser.server import ROOT
from vitals.ui.page import lifetime
lifetime.overwrite_freed()
dice = random.Random(5)
held = [b"Zq%08dHoldings" % dice.randrange(10**8) + bytes(size) for size in range(500, 1000, 16)]
print("held", flush=True)
sys.stdin.readline()
del held
lifetime.give_back()
print("freed", flush=True)
sys.stdin.readline()
"""


def names_on_the_heap(process: int) -> set[bytes]:
    """What is left of the names where the C library keeps what is freed."""
    lines = Path(f"/proc/{process}/maps").read_text().splitlines()
    start, end = (int(place, 16) for line in lines if line.endswith("[heap]") for place in line.split()[0].split("-"))
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        memory.seek(start)
        return set(re.findall(rb"Zq\d{8}Holdings", memory.read(end - start)))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows the memory of a process")
def test_freed_pieces_that_the_c_library_keeps_at_hand_are_written_over():
    """A small file or a row of it, of which it keeps seven of each size for a thread as they were."""
    with subprocess.Popen([sys.executable, "-c", FREED], stdin=-1, stdout=-1, text=True, cwd=ROOT) as process:
        assert process.stdin and process.stdout
        assert process.stdout.readline() == "held\n"
        assert len(names_on_the_heap(process.pid)) > 30
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "freed\n"
        assert names_on_the_heap(process.pid) == set()
        process.stdin.close()


def test_who_does_nothing_for_long_is_ended_where_a_limit_says_so(held, monkeypatch):
    server, held.seen_at = Server(), 0
    look(server, 10_000)
    assert server.closed == []
    monkeypatch.setenv("VITALS_IDLE_MINUTES", "30")
    look(server, 30 * 60 + 1)
    # something is at work
    assert server.closed == []
    held.live.clear()
    look(server, 30 * 60 + 1)
    assert server.closed == ["a"]
