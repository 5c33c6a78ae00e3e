"""Who may do what with a kept workspace: what is refused changes nothing, and all is logged."""

from __future__ import annotations

import json
from contextlib import closing
from types import SimpleNamespace as Namespace

import pytest

from tests.test_kept import LINES
from vitals import warehouse, workspace
from vitals.errors import VitalsError
from vitals.kept import audit, published, rights
from vitals.kept.rights import Row
from vitals.kept.visitor import Visitor
from vitals.workspace import Upload

pytestmark = pytest.mark.usefixtures("lazily")
ANNA, BEN, EVE = "anna@firm.example", "ben@firm.example", "eve@firm.example"


@pytest.fixture(scope="module")
def told():
    with closing(warehouse.connect()) as con:
        workspace.load_files(con, [Upload("secret client.csv", LINES)], workspace.LoadOptions())
        yield con


@pytest.fixture
def place(tmp_path):
    (tmp_path / rights.GROUPS).write_text(f'deals = ["{ANNA}", "{BEN.upper()}"]\n')
    return tmp_path


@pytest.fixture
def of(told, place):
    """Birch is Anna's, Cedar that of the deals; whoever is named stands before them."""
    Visitor(place, ANNA).keep(told, "Birch")
    Visitor(place, ANNA).keep(told, "Cedar", group="deals")
    return lambda person: Visitor(place, person)


def names(visitor):
    return [item.name for item in visitor.listed()]


def log(place):
    return [json.loads(line) for line in (place / audit.LOG).read_text().splitlines()]


def test_a_workspace_is_its_owners_or_its_groups(of):
    assert names(of(ANNA)) == ["Birch", "Cedar"]
    assert names(of(BEN)) == ["Cedar"]
    assert names(of(EVE)) == []
    # nobody signs in: the folder is everybody's
    assert names(of(None)) == ["Birch", "Cedar"]


def test_nobody_is_signed_in_by_the_name_of_a_group(of):
    assert names(of("deals")) == []


DONE = {
    "open": lambda visitor, con: visitor.open("Birch"),
    "export": lambda visitor, con: visitor.take_away("Birch"),
    "keep": lambda visitor, con: visitor.keep(con, "Birch", Visitor(visitor.place).open("Birch").stamp),
    "rename": lambda visitor, con: visitor.rename("Birch", "Mine"),
    "delete": lambda visitor, con: visitor.delete("Birch"),
}


@pytest.mark.parametrize("what", DONE)
def test_a_foreign_workspace_is_as_if_it_were_not_there(of, told, place, what):
    before = {path.name: path.read_bytes() for path in place.iterdir() if path.name != audit.LOG}
    with pytest.raises(VitalsError, match="There is no workspace Birch"):
        DONE[what](of(EVE), told)
    assert {path.name: path.read_bytes() for path in place.iterdir() if path.name != audit.LOG} == before
    assert log(place)[-1] | {"at": ""} == {"at": "", "who": EVE, "what": what, "workspace": "Birch", "allowed": False}


@pytest.mark.parametrize("what", DONE)
def test_what_one_may_do_is_done_and_stands_in_the_log(of, told, place, what):
    DONE[what](of(ANNA), told)
    assert log(place)[-1] | {"at": ""} == {"at": "", "who": ANNA, "what": what, "workspace": "Birch", "allowed": True}


@pytest.mark.parametrize("what", ["keep", "rename", "delete"])
def test_who_may_only_see_it_changes_nothing(of, told, place, what):
    rights._write(place, [*rights.rows(place), Row("Birch", BEN, "yes", "no", "no")])
    assert of(BEN).open("Birch").name == "Birch"
    with pytest.raises(VitalsError, match="You may open Birch, but not"):
        DONE[what](of(BEN), told)


def test_a_right_that_is_taken_away_is_gone_at_once(of, place):
    assert of(BEN).may("see", "Cedar")
    (place / rights.GROUPS).write_text(f'deals = ["{ANNA}"]\n')
    assert not of(BEN).may("see", "Cedar")


def test_rights_go_with_a_name_and_end_with_the_workspace(of, told, place):
    of(ANNA).rename("Birch", "Elm")
    assert names(of(ANNA)) == ["Cedar", "Elm"]
    of(ANNA).delete("Elm")
    # who takes the name later has it alone
    of(EVE).keep(told, "Elm")
    assert names(of(ANNA)) == ["Cedar"] and names(of(EVE)) == ["Elm"]


def test_a_group_that_one_is_not_in_gets_nothing(of, told):
    of(EVE).keep(told, "Fir", group="deals")
    assert names(of(BEN)) == ["Cedar"]


@pytest.mark.parametrize("text", ["who\nx\n", 'workspace,who,see,load,delete\n"Birch', "\xff"])
def test_a_table_that_can_not_be_read_opens_nothing(of, place, text):
    (place / rights.TABLE).write_bytes(text.encode("latin-1"))
    with pytest.raises(VitalsError, match="can't be read"):
        names(of(ANNA))


def test_the_log_and_the_table_are_their_owners_alone_and_hold_no_name_of_a_file(of, place):
    of(ANNA).note("load", files=2)
    for file in (audit.LOG, rights.TABLE):
        assert (place / file).stat().st_mode & 0o777 == 0o600
    assert log(place)[-1]["files"] == 2
    assert "secret client" not in (place / audit.LOG).read_text()
    assert "Cedar" not in {line["workspace"] for line in log(place) if line["who"] != ANNA}


def test_nothing_is_logged_where_nobody_signs_in(told, tmp_path):
    Visitor(tmp_path).keep(told, "Birch")
    assert [path.name for path in tmp_path.iterdir()] == ["Birch.duckdb"]


def test_what_was_published_goes_by_the_rights_of_the_workspace_of_its_name(of, place, monkeypatch):
    opened = []
    source = Namespace(names=lambda: ["Birch", "Cedar", "Unheard"], open=opened.append)
    monkeypatch.setattr(published, "source", lambda: source)
    assert of(ANNA).published() == ["Birch", "Cedar"]
    assert of(BEN).published() == ["Cedar"]
    of(ANNA).open_published("Birch")
    assert opened == ["Birch"] and log(place)[-1]["what"] == "open"
    with pytest.raises(VitalsError, match="There is no workspace Birch"):
        of(EVE).open_published("Birch")
    assert opened == ["Birch"] and not log(place)[-1]["allowed"]


def test_an_engine_needs_to_be_told_where_the_publications_lie(tmp_path, monkeypatch):
    monkeypatch.delenv(published.PLACE, raising=False)
    monkeypatch.setenv(published.ENGINE, "sail://127.0.0.1:1")
    with pytest.raises(VitalsError, match=f"{published.PLACE} is not set"):
        published.source()
    monkeypatch.setenv(published.PLACE, str(tmp_path))
    (tmp_path / "half done").mkdir()
    assert published.source().names() == []
    with pytest.raises(VitalsError, match="no published workspace"):
        published.source().open("../half done")


def test_on_a_full_disk_no_workspace_is_left_to_nobody(of, told, place, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rights.tempfile, "mkstemp", full)
    with pytest.raises(VitalsError, match="can't be written: No space left"):
        of(ANNA).rename("Birch", "Elm")
    with pytest.raises(VitalsError, match="can't be written: No space left"):
        of(ANNA).keep(told, "Fir")
    assert names(of(ANNA)) == names(of(None)) == ["Birch", "Cedar"]
    # nothing is opened that isn't logged
    monkeypatch.setattr(audit.os, "write", full)
    with pytest.raises(VitalsError, match="log can't be written"):
        of(ANNA).open("Birch")
