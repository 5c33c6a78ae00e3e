"""The page of workspaces: off until a folder is named; then keep, open, rename, delete, take away and bring in."""

from __future__ import annotations

import html
import os

import pytest

from tests.ui.conftest import open_page, read
from vitals import warehouse
from vitals.kept import child, file, folder
from vitals.kept.file import Opener
from vitals.ui.page import standing
from vitals.ui.words import workspaces as words

LINES = b"client,invoiced_on,amount\nBirch,2025-10-03,100.25\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder of workspaces, whose files are opened in this process."""

    def parts(self, path, name, tables):
        file.check_kind(path.read_bytes()[:12], name)
        with (tmp_path / "said").open("w+b") as said:
            child.hand_out(path, name, tables, said)
            said.seek(0)
            yield from file.parts_said(said, name, tables)

    monkeypatch.setattr(Opener, "parts", parts)
    monkeypatch.setenv(folder.VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


def _names(place):
    return sorted(path.name for path in place.iterdir() if not path.name.startswith("."))


def _loaded():
    app = open_page("start")
    app.file_uploader[0].upload("lines.csv", LINES, "text/csv")
    app.run()
    return app.switch_page("pages/workspaces.py").run()


def test_nothing_is_kept_where_no_folder_is_named(monkeypatch):
    monkeypatch.delenv(folder.VARIABLE, raising=False)
    app = open_page("workspaces")
    assert words.off(False) in read(app)
    assert words.HOW in app.code[0].value
    assert not app.button


def test_a_workspace_is_kept_opened_by_another_visitor_renamed_and_deleted(place):
    app = _loaded()
    assert "What is loaded is not kept" in read(app)
    app.text_input(key="keep_name").set_value("Birch & Co").run()
    app.button(key="keep").click().run()
    assert not app.error
    assert "Birch & Co is open, as it was kept" in read(app)
    assert _names(place) == ["Birch & Co.duckdb"]
    assert app.button(key="keep_changes").disabled
    other = open_page("workspaces")
    assert "Nothing is loaded yet; 1 workspace is kept." in read(other)
    other.button(key="open_Birch & Co").click().run()
    assert "Birch & Co is open, as it was kept" in read(other)
    assert "1 invoice line" in read(other)
    other.text_input(key="rename_to_Birch & Co").set_value("Birch").run()
    other.button(key="rename_Birch & Co").click().run()
    assert "Birch is open" in read(other)
    other.button(key="delete_Birch").click().run()
    assert _names(place) == []
    assert "What is loaded is not kept" in read(other)
    # who had it open still has it, and is told that its file is gone
    app.run()
    assert "1 invoice line" in read(app)


def test_the_start_page_offers_what_is_kept_to_a_browser_that_begins_anew(place):
    app = _loaded()
    app.text_input(key="keep_name").set_value("Birch & _Co_").run()
    app.button(key="keep").click().run()
    anew = open_page("start")
    offered = anew.button(key="open_Birch & _Co_")
    assert html.unescape(offered.label) == "Open Birch & _Co_"
    offered.click().run()
    assert "Birch & _Co_ is open" in read(anew) and "1 invoice line" in read(anew)
    # what is loaded is not given up for another one from here
    assert not [button for button in anew.button if (button.key or "").startswith("open_")]


def test_the_start_page_offers_the_five_kept_last_and_leads_to_the_others(place):
    place.mkdir()
    for day in range(7):
        (place / f"Firm {day}.duckdb").write_bytes(b"")
        os.utime(place / f"Firm {day}.duckdb", (day, day))
    app = open_page("start")
    offered = [button.key for button in app.button if (button.key or "").startswith("open_")]
    assert offered == [f"open_Firm {day}" for day in (6, 5, 4, 3, 2)]
    assert "All 7 kept workspaces" in [link.proto.label for link in app.get("page_link")]


def _assume(app, value):
    """Somebody changes an assumption; returned is the page of workspaces."""
    app.switch_page("pages/assumptions.py").run()
    app.number_input(key="assume_bill_rate").set_value(value).run()
    return app.switch_page("pages/workspaces.py").run()


def test_a_kept_workspace_is_read_together_and_changed_by_one_at_a_time(place):
    app = _loaded()
    app.text_input(key="keep_name").set_value("Birch").run()
    app.button(key="keep").click().run()
    anna, ben = (open_page("workspaces") for _ in range(2))
    for reader in (anna, ben):
        reader.button(key="open_Birch").click().run()
        assert "You read Birch together" in read(reader)
    shared_by = {id(reader.session_state[standing.HOLDING].reading) for reader in (anna, ben)}
    assert len(shared_by) == 1
    # who changes something goes on with a copy of its own, and the others are told
    anna = _assume(anna, 161.0)
    assert "Birch is open, with changes that are not kept yet" in read(anna)
    ben.run()
    assert "has been changing Birch since" in ben.info[0].value
    assert "Birch is open, as it was kept" in read(ben)
    # a second one may change a copy, and can't keep it under that name
    ben = _assume(ben, 162.0)
    assert ben.button(key="keep_changes").disabled
    ben.button(key="open_Birch").click().run()
    # what is kept is there for the others at their next run
    anna.button(key="keep_changes").click().run()
    assert not anna.error
    ben.run()
    assert not ben.info
    ben.switch_page("pages/assumptions.py").run()
    assert ben.number_input(key="assume_bill_rate").value == 161.0


@pytest.fixture
def asked(monkeypatch):
    """The queries that reach the warehouse."""
    found: list[str] = []

    def noting(real):
        return lambda con, name, *said, **params: found.append(name) or real(con, name, *said, **params)

    for ask in ("run", "rows"):
        monkeypatch.setattr(warehouse, ask, noting(getattr(warehouse, ask)))
    return found


def _readers(number):
    """Visitors who read Birch together."""
    app = _loaded()
    app.text_input(key="keep_name").set_value("Birch").run()
    app.button(key="keep").click().run()
    found = [open_page("workspaces") for _ in range(number)]
    for reader in found:
        reader.button(key="open_Birch").click().run()
    return found


def test_readers_ask_each_query_once_for_all_and_a_copy_that_one_changes_asks_its_own(place, asked):
    anna, ben = _readers(2)
    shelf = ben.session_state[standing.HOLDING].reading.shelf
    for page in ("revenue_mix", "assumptions"):
        anna.switch_page(f"pages/{page}.py").run()
        assert not anna.exception
        asked.clear()
        ben.switch_page(f"pages/{page}.py").run()
        assert read(ben) == read(anna)
        assert asked == []
    known = shelf.things
    assert known > 10
    # neither what one changes nor what rests on it reaches the others
    anna.number_input(key="assume_bill_rate").set_value(161.0).run()
    assert "metrics.assumptions" in asked
    anna.switch_page("pages/pricing.py").run()
    assert shelf.things == known
    asked.clear()
    assert ben.run().number_input(key="assume_bill_rate").value == 150.0
    assert asked == []
    # with the last reader all of it is gone
    ben.switch_page("pages/workspaces.py").run()
    ben.button(key="begin_anew").click().run()
    assert shelf.things == 0


def test_changes_are_kept_when_asked_and_what_would_be_lost_is_said(place):
    app = _loaded()
    app.text_input(key="keep_name").set_value("Birch").run()
    app.button(key="keep").click().run()
    app.session_state[standing.CHANGED] = True
    app.run()
    assert "with changes that are not kept yet" in read(app)
    assert words.GONE in read(app)
    before = folder.find(place, "Birch").stamp
    app.button(key="keep_changes").click().run()
    assert folder.find(place, "Birch").stamp != before
    app.button(key="begin_anew").click().run()
    assert "Nothing is loaded yet; 1 workspace is kept." in read(app)


def test_a_file_that_is_no_workspace_is_refused_in_a_sentence(place):
    app = open_page("workspaces")
    app.file_uploader[0].upload("evil.duckdb", b"01234567DUCK" + b"\xff" * 999, "application/octet-stream").run()
    app.button(key="bring").click().run()
    assert "evil can't be opened" in read(app)
    assert _names(place) == []


def test_a_file_that_was_taken_away_is_brought_in(place):
    app = _loaded()
    app.text_input(key="keep_name").set_value("Birch").run()
    app.button(key="keep").click().run()
    data = (place / "Birch.duckdb").read_bytes()
    app.file_uploader[0].upload("../Birch.duckdb", data, "application/octet-stream").run()
    app.text_input(key="bring_name").set_value("Cedar").run()
    app.button(key="bring").click().run()
    assert not app.error
    assert _names(place) == ["Birch.duckdb", "Cedar.duckdb"]
