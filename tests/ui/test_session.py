"""A session asks each query once until its workspace changes, and never answers from before a change."""

from __future__ import annotations

import ast
from datetime import time

import pytest

from tests.conventions.tree import ROOT, calls, files, name, syntax
from tests.ui import canned
from tests.ui.conftest import PAGES, open_page
from vitals import warehouse
from vitals.errors import VitalsError
from vitals.ui.page import memory, session
from vitals.ui.page.safe import md


@pytest.fixture
def asked(results, monkeypatch):
    """The queries that reach the warehouse."""
    found: list[str] = []

    def noting(real):
        return lambda con, name, **params: found.append(name) or real(con, name, **params)

    for ask in ("run", "rows"):
        monkeypatch.setattr(warehouse, ask, noting(getattr(canned, ask)))
    return found


@pytest.mark.parametrize("page", PAGES)
def test_a_page_drawn_again_asks_nothing(asked, page):
    app = open_page(page)
    asked.clear()
    app.run()
    assert not app.exception
    assert asked == []


def test_after_a_change_everything_is_asked_anew(asked, monkeypatch):
    monkeypatch.setattr(warehouse, "set_assumption", lambda con, name, text: None)
    app = open_page("assumptions")
    asked.clear()
    app.number_input(key="assume_bill_rate").set_value(160.0)
    app.run()
    assert "metrics.assumptions" in asked


def test_a_value_that_is_refused_leaves_the_field_as_it_counts_and_says_why(results, monkeypatch):
    def refuse(con, name, text):
        raise VitalsError("A working day from 18:00 to 17:00 has no hours.")

    monkeypatch.setattr(warehouse, "set_assumption", refuse)
    app = open_page("assumptions")
    app.time_input(key="assume_working_day_start").set_value(time(18)).run()
    assert not app.exception
    assert [shown.value for shown in app.error] == [md("A working day from 18:00 to 17:00 has no hours.")]
    assert app.time_input(key="assume_working_day_start").value == time(9)


def test_a_run_that_was_overtaken_leaves_no_stale_answer(monkeypatch):
    state = {}
    monkeypatch.setattr(session.st, "session_state", state)
    monkeypatch.setattr(session, "connection", Idle)

    def change_meanwhile(con, name, **params):
        with session.writing():
            pass
        return ["old"]

    assert session._asked("rows", change_meanwhile, "metrics.x", {}) == ["old"]
    assert state[memory.KEPT] == {}


class Idle:
    """A connection that does nothing."""

    def cursor(self):
        return self

    def close(self):
        pass


def test_long_results_are_not_kept(monkeypatch):
    state = {}
    monkeypatch.setattr(session.st, "session_state", state)
    monkeypatch.setattr(session, "connection", Idle)
    session._asked("rows", lambda con, name: range(session.MOST_ROWS + 1), "metrics.x", {})
    for place in range(memory.MOST + 5):
        session._asked("rows", lambda con, name, at: [at], "metrics.y", {"at": place})
    assert len(state[memory.KEPT]) == memory.MOST


def test_screens_write_through_the_session_alone():
    """Whoever writes through another cursor would leave old numbers on the screen."""
    screens = [path for path in files("vitals/ui", suffix=".py") if path != ROOT / "vitals/ui/page/session.py"]
    reached = [
        f"{name(path)}: {ast.unparse(call)}"
        for path in screens
        for call in calls(path)
        if ast.unparse(call.func) in ("session.connection", "session.cursor")
    ]
    assert reached == []


def test_what_readers_share_is_reached_where_a_query_is_asked_or_a_chart_drawn_and_nowhere_else():
    """What rests on more than the workspace which is read, such as an upload or what is supposed, must not be there."""
    screens = [*files("vitals/ui", suffix=".py"), *files("pages", suffix=".py")]
    attributes = {name(path) for path in screens for node in ast.walk(syntax(path))
                  if isinstance(node, ast.Attribute) and node.attr == "shelf"}  # fmt: skip
    assert attributes == {"vitals/ui/page/session.py"}
    told = {
        name(path): ast.unparse(keyword.value)
        for path in screens
        for call in calls(path)
        for keyword in call.keywords
        if keyword.arg == "shelf"
    }
    assert told == {"vitals/ui/charts/drawing.py": "memory.rests_on(given)"}
