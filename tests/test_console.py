"""Questions in SQL: answered from a copy, within limits, with every way out shut and the workspace unharmed."""

from __future__ import annotations

import threading
import time
from datetime import date
from pathlib import Path

import pytest

from vitals import warehouse
from vitals.console import parent
from vitals.console.parent import Console
from vitals.errors import VitalsError
from vitals.ingest.process.parent import FREE, MOST_PROCESSES, InterruptedReadingError

BILLED = """
select client, revenue
from metrics.behind_invoice_lines(date '2026-01-01', date '2026-01-01', null, null, null) order by client"""
LINES = [("Acme", 100), ("Birch", 50), ("Cedar", 25)]


@pytest.fixture(scope="module")
def con():
    """A workspace with three invoice lines."""
    opened = warehouse.connect()
    for place, (client, amount) in enumerate(LINES):
        opened.execute(
            "insert into raw.invoice_lines (load_id, row_number, client, invoiced_on, amount) values (1, ?, ?, ?, ?)",
            [place, client, date(2026, 1, 5), amount],
        )
    warehouse.build(opened)
    yield opened
    opened.close()


def asked(con, sql: str) -> list[tuple]:
    return [tuple(row.values()) for row in Console().ask(con, sql).rows.to_pylist()]


def test_question_is_answered_by_the_queries_of_the_workspace(con):
    assert [(client, float(revenue)) for client, revenue in asked(con, BILLED)] == LINES
    assert asked(con, "select count(*) from raw.invoice_lines") == [(3,)]
    assert asked(con, "from staging.clients limit 0") == []


def test_more_rows_than_a_screen_shows_are_cut_and_said_to_be(con):
    answer = Console().ask(con, "select range as n from range(5000) order by n desc")
    assert (answer.rows.num_rows, answer.is_cut, answer.rows["n"][0].as_py()) == (1000, True, 4999)
    assert not Console().ask(con, "select * from range(1000)").is_cut


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select 1; select 2", "One SELECT"),
        ("drop table raw.invoice_lines", "SELECT"),
        ("delete from raw.invoice_lines", "SELECT"),
        ("attach ':memory:' as other", "SELECT"),
        ("set threads = 8", "SELECT"),
        ("copy (select 1) to '/tmp/vitals_escape.csv'", "SELECT"),
        ("select * from read_csv('/etc/passwd')", "disabled"),
        ("select * from read_text('/proc/self/environ')", "disabled"),
        ("select * from '/etc/passwd'", "disabled|does not exist"),
        ("select getenv('HOME')", "getenv|disabled"),
        ("selec 1", "syntax error"),
        ("select * from metrics.nothing", "does not exist"),
        ("x" * 60_000, "too long"),
        ("select repeat('x', 60000000)", "larger than a screen"),
        ("select repeat('x', 3000000000)", "memory|screen|longer"),
        ("select list(range) from range(400000000)", "memory"),
        (f"select {'(' * 5000}1{')' * 5000}", "depth|memory|longer|Parser"),
    ],
)
def test_what_must_not_or_can_not_be_is_told_in_a_sentence(con, sql, said):
    with pytest.raises(VitalsError, match=said):
        asked(con, sql)
    assert con.execute("select count(*) from raw.invoice_lines").fetchall() == [(3,)]
    assert not Path("/tmp/vitals_escape.csv").exists()


def test_question_without_an_end_is_ended(con, monkeypatch):
    monkeypatch.setattr(parent, "ANSWER_SECONDS", 1)
    with pytest.raises(VitalsError, match="takes longer"):
        asked(con, "select count(*) from range(100000000000) as a, range(1000000) as b")
    assert asked(con, "select 1") == [(1,)]


def test_interrupted_question_ends_at_once(con):
    console = Console()
    threading.Timer(0.5, console.interrupt).start()
    with pytest.raises(InterruptedReadingError):
        console.ask(con, "select count(*) from range(100000000000) as a, range(1000000) as b")


def test_too_many_questions_at_once_wait_and_are_told(con, monkeypatch):
    monkeypatch.setattr(parent.Console, "patience", 0.05)
    for _ in range(MOST_PROCESSES):
        FREE.acquire()
    try:
        with pytest.raises(VitalsError, match="Too many questions"):
            asked(con, "select 1")
    finally:
        for _ in range(MOST_PROCESSES):
            FREE.release()
    assert asked(con, "select 1") == [(1,)]


def test_no_process_is_left(con):
    console = Console()
    console.ask(con, "select 1")
    assert console.child is None
    begun = time.monotonic()
    assert asked(con, "select 1") == [(1,)]
    assert time.monotonic() - begun < parent.COPY_SECONDS
