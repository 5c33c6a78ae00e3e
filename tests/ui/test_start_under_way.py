"""A load that takes a while: it says what it does, goes on wherever one clicks, and ends in a sentence of the state."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.ui.conftest import open_page, read
from tests.ui.test_start import CLEAR, drop
from vitals.ui.page import contents
from vitals.ui.start import queue
from vitals.ui.start.saved_mappings import QueuedFile
from vitals.ui.words import loads


@pytest.fixture
def waiting(tmp_path):
    """The start page was left while a file of the sample was being loaded."""
    (tmp_path / "lines.csv").write_bytes(CLEAR)
    app = open_page("start")
    app.session_state[queue.QUEUE] = [QueuedFile("lines.csv", tmp_path / "lines.csv")]
    return app


def test_load_goes_on_whichever_page_is_opened(waiting):
    app = waiting.switch_page("pages/data_health.py").run()
    assert not app.exception
    assert app.title[0].value == contents.entry("data_health").question
    assert app.session_state[queue.QUEUE] == []
    assert [report.rows_loaded for report in app.session_state[queue.REPORTS]] == [2]
    assert app.session_state[queue.FROM_SAMPLE]


@pytest.mark.parametrize("page", ["start", "overview"])
def test_while_it_loads_the_page_says_what_it_does(waiting, monkeypatch, page):
    monkeypatch.setattr(queue, "load_next", lambda: None)
    app = waiting.run() if page == "start" else waiting.switch_page(f"pages/{page}.py").run()
    said = "An invented MSP is being loaded: 1 file, as its systems would export them."
    assert said in app.header[0].value.replace("&#46;", ".").replace("&#58;\u2060", ":").replace("&#58;", ":")


def test_files_of_ones_own_are_counted():
    assert loads.under_way(1, False).startswith("1 file is being loaded.")
    assert loads.under_way(3, False).startswith("3 files are being loaded.")


def test_headline_says_what_is_loaded_and_through_when():
    app = drop(CLEAR, "lines.csv")
    assert "2 invoice lines are loaded, through 28\N{NO-BREAK SPACE}Oct 2025." in read(app)


def test_headline_without_any_date_is_silent_about_it():
    held = pd.DataFrame({"entity": ["clients"], "rows": [4], "has_rows": [True]})
    assert loads.start(held) == "4 clients are loaded."
    assert (
        loads.start(held, through=date(2026, 10, 31)) == "4 clients are loaded, through 31\N{NO-BREAK SPACE}Oct 2026."
    )


def test_keyboard_is_seen_in_the_menu():
    style = " ".join(element.proto.body for element in open_page("start").get("html"))
    assert "stSidebarNavLink" in style and ":focus-visible" in style and "outline: 2px solid" in style
