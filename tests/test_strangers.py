"""Two signed-in people on one real server: neither a link, an id, a session nor a command of one opens the other's."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from contextlib import closing

import pytest
from websockets.exceptions import InvalidStatus

from tests import sockets
from tests.browser import server
from vitals import warehouse, workspace
from vitals.kept import audit, folder
from vitals.kept.visitor import Visitor
from vitals.ui.page import gate, signing

ANNA, EVE = ({"X-Forwarded-Email": f"{name}@firm.example"} for name in ("anna", "eve"))
SECRET = "Zanzibar Orchid Holdings"
LINES = f"client,invoiced_on,amount,item\n{SECRET},2025-10-03,100.25,Seats\n".encode()


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder in which Anna keeps a workspace called Birch."""
    place = tmp_path_factory.mktemp("kept")
    with closing(warehouse.connect()) as con:
        workspace.load_files(con, [workspace.Upload("lines.csv", LINES)], workspace.LoadOptions())
        Visitor(place, "anna@firm.example").keep(con, "Birch")
    return place


@pytest.fixture(scope="module")
def url(place):
    told = {signing.VARIABLE: "proxy", folder.VARIABLE: str(place)}
    told["STREAMLIT_SERVER_TRUSTED_USER_HEADERS"] = json.dumps({"X-Forwarded-Email": "email"})
    with server.started(before=f"import os; os.environ.update({told!r})") as (url, _):
        yield url


@pytest.fixture(scope="module")
def anna(url):
    """Anna, who has Birch open."""
    with sockets.visit(url, ANNA, path="workspaces") as visitor:
        visitor.click("open_Birch")
        yield visitor


def status(address, headers, method="GET"):
    asked = urllib.request.Request(address, headers=headers, method=method)
    try:
        with urllib.request.urlopen(asked, timeout=60) as reply:
            return reply.status
    except urllib.error.HTTPError as error:
        return error.code


def test_what_she_reads_is_there_for_her_and_a_stranger_finds_nothing_by_any_link(url, anna):
    assert SECRET in anna.open("revenue_mix").text
    for path, query in (
        ("workspaces", "open=Birch"),
        ("revenue_mix", "workspace=Birch&client=" + SECRET[:8]),
        ("rows", ""),
    ):
        with sockets.visit(url, EVE, path=path, query=query) as eve:
            assert SECRET not in eve.text and "Birch" not in eve.text


def test_a_button_that_is_not_on_ones_page_does_nothing(url, anna):
    anna.open("workspaces")
    names = {key: name for key, name in anna.keys.items() if "Birch" in key}
    assert {"open_Birch", "delete_Birch", "rename_Birch"} <= names.keys()
    with sockets.visit(url, EVE, path="workspaces") as eve:
        for key, name in names.items():
            eve.keys[key] = name
            assert "Birch" not in eve.click(key).text
    assert (anna.open("workspaces")) and "Birch" in anna.text


def test_a_session_is_not_gone_on_with_by_another(url, anna):
    with sockets.visit(url, ANNA, path="workspaces") as first:
        first.click("open_Birch")
        with sockets.visit(url, EVE, session=first.session, path="revenue_mix") as eve:
            assert eve.session != first.session and SECRET not in eve.text
    with sockets.visit(url, EVE, session=first.session, path="revenue_mix") as eve:
        assert eve.session != first.session and SECRET not in eve.text
    # whose network dropped finds everything again
    with sockets.visit(url, ANNA, session=first.session, path="revenue_mix") as again:
        assert again.session == first.session and SECRET in again.text


def test_uploads_and_downloads_are_their_owners_by_whatever_id(url, anna):
    upload = f"{url}{gate.UPLOAD}{anna.session}/1"
    taken = f"{url}{anna.open('workspaces').download('export_Birch')}"
    assert status(taken, ANNA) == 200
    for headers in (EVE, {}):
        assert status(taken, headers) == gate.REFUSED
        assert status(upload, headers, "PUT") == status(upload, headers, "DELETE") == gate.REFUSED
    # one who learnt by what name a file can be asked for has it made, and gets nothing of it
    with sockets.visit(url, EVE) as eve:
        eve.files["hers"] = anna.files["export_Birch"]
        assert status(f"{url}{eve.download('hers')}", EVE) == gate.REFUSED


def test_who_is_not_signed_in_gets_no_further_than_the_door(url):
    assert status(url, {}) == status(f"{url}/workspaces", {}) == gate.REFUSED
    with pytest.raises(InvalidStatus), sockets.visit(url):
        pass


def test_all_of_it_stands_in_the_log_and_the_stranger_did_nothing(place, anna):
    lines = [json.loads(line) for line in (place / audit.LOG).read_text().splitlines()]
    assert {(line["who"], line["what"]) for line in lines} == {
        ("anna@firm.example", what) for what in ("keep", "open", "export")
    }
    assert SECRET not in (place / audit.LOG).read_text()
    assert sorted(path.name for path in place.iterdir() if path.name[0] != ".") == [
        "Birch.duckdb",
        "access.csv",
        "audit.jsonl",
    ]
