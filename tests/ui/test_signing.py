"""Sign-in: off it asks nothing; on, no page, upload or download opens without it, nor to another than its owner."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from types import SimpleNamespace as Namespace

import pytest
from streamlit import config, runtime
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette import starlette_app_utils
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from tests.conventions.tree import ROOT
from tests.ui.conftest import PATIENCE, read
from vitals import limits, warehouse, workspace
from vitals.errors import VitalsError
from vitals.kept import audit, folder, rights
from vitals.kept.visitor import Visitor
from vitals.ui.page import download, gate, signing, standing

ANNA, EVE = "anna@firm.example", "eve@firm.example"
HEADER = "X-Forwarded-Email"
LINES = b"client,invoiced_on,amount\nBirch,2025-10-03,100.25\n"
SECRET = "a secret of the test that is long enough"


@pytest.fixture
def proxied(tmp_path, monkeypatch):
    """A server behind a proxy that signs people in."""
    monkeypatch.setenv(signing.VARIABLE, "proxy")
    monkeypatch.setenv(folder.VARIABLE, str(tmp_path))
    monkeypatch.setattr(config, "get_option", _with(config.get_option, {signing.HEADERS: {HEADER: "email"}}))
    return tmp_path


def _with(real, own):
    return lambda name: own[name] if name in own else real(name)


def visit(page, user):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    app.user = user
    app.run()
    return app if page == "start" else app.switch_page(f"pages/{page}.py").run()


@pytest.mark.parametrize("page", ["start", "client_margin", "workspaces", "ask"])
def test_nobody_sees_more_than_the_sign_in(proxied, page):
    app = visit(page, {})
    assert [item.value for item in app.title] == ["Sign in"]
    assert not app.file_uploader and not app.exception
    assert standing.HOLDING not in app.session_state


def test_a_provider_that_did_not_confirm_the_address_signs_nobody_in(monkeypatch):
    monkeypatch.setenv(signing.VARIABLE, "oidc")
    for said in ({"email": ANNA}, {"email": ANNA, "is_logged_in": False}, {"is_logged_in": True},
                 {"email": ANNA, "is_logged_in": True, "email_verified": False}):  # fmt: skip
        assert signing.named(said) == ""
    assert signing.named({"email": ANNA.upper(), "is_logged_in": True}) == ANNA
    app = visit("start", {"is_logged_in": False})
    assert app.button(key="sign_in").label == "Sign in with your account"


def test_who_is_signed_in_sees_what_is_theirs_and_no_link_opens_another(proxied):
    rights.give(proxied, "Birch", EVE)
    (proxied / "Birch.duckdb").write_bytes(b"01234567DUCK")
    app = visit("workspaces", {"email": ANNA})
    assert f"Signed in as {ANNA}" in read(app)
    assert "Birch" not in read(app)
    assert not [item for item in app.button if "Birch" in str(item.key)]
    # a right on what is read that is taken away is gone at the next run
    app.session_state[standing.HOLDING].reading = Namespace(
        kept=Namespace(path=proxied / "Birch.duckdb", name="Birch"), con=None, readers=2
    )
    app.run()
    assert app.session_state[standing.HOLDING].reading is None
    assert not (proxied / audit.LOG).exists()


def test_whose_right_is_withdrawn_gets_nothing_of_what_readers_share(proxied):
    with closing(warehouse.connect()) as con:
        workspace.load_files(con, [workspace.Upload("lines.csv", LINES)], workspace.LoadOptions())
        Visitor(proxied, ANNA).keep(con, "Firm")
    belongs_to_anna = rights.rows(proxied)
    rights._write(proxied, [*belongs_to_anna, rights.Row("Firm", EVE)])
    anna, eve = (visit("workspaces", {"email": person}) for person in (ANNA, EVE))
    for app in (anna, eve):
        app.button(key="open_Firm").click().run()
        app.switch_page("pages/revenue_mix.py").run()
    assert "$100" in read(eve)
    shelf = anna.session_state[standing.HOLDING].reading.shelf
    assert eve.session_state[standing.HOLDING].reading.shelf is shelf and shelf.things
    assert "100.25" in str(eve.dataframe[0].value)
    rights._write(proxied, belongs_to_anna)
    # on the same page, of which all is on the shelf
    eve.run()
    assert eve.session_state[standing.HOLDING].reading is None
    assert not eve.dataframe and "$100" not in read(eve)
    assert shelf.things and "100.25" in str(anna.run().dataframe[0].value)


@pytest.mark.parametrize("make", [b"rows", "rows", lambda: b"rows"])
def test_taking_a_file_is_logged_when_it_is_taken_and_not_when_it_is_offered(proxied, monkeypatch, make):
    offered = []
    monkeypatch.setattr(download.st, "download_button", lambda label, make, *rest, **looks: offered.append(make))
    monkeypatch.setattr(signing, "visitor", lambda: Visitor(proxied, ANNA))
    monkeypatch.setattr(standing, "kept_as", lambda: standing.KeptAs("Birch", None))
    download.offer("CSV", make, "rows.csv", "rows")
    assert not (proxied / audit.LOG).exists()
    assert offered[0]() in (b"rows", "rows")
    (line,) = (proxied / audit.LOG).read_text().splitlines()
    assert {name: json.loads(line)[name] for name in ("who", "what", "workspace", "allowed")} == {
        "who": ANNA, "what": "export", "workspace": "Birch", "allowed": True,
    }  # fmt: skip


def test_a_load_is_logged_without_a_name_of_what_was_loaded(proxied, monkeypatch):
    app = visit("start", {"email": ANNA})
    app.file_uploader[0].upload("Orchid lines.csv", LINES, "text/csv").run()
    assert "1 invoice line" in read(app)
    (line,) = map(json.loads, (proxied / audit.LOG).read_text().splitlines())
    assert line | {"at": ""} == {"at": "", "who": ANNA, "what": "load", "workspace": "", "allowed": True, "files": 1}
    # what is beyond a limit is refused in a sentence, and the session goes on
    for limit, most, said in ((limits.ROWS, "1", "more than 1 rows"), (limits.ALL_MEMORY, "1", "no memory left")):
        monkeypatch.setenv(limit.variable, most)
        app.file_uploader[0].upload("more.csv", LINES + b"Cedar,2025-10-04,5\n", "text/csv").run()
        assert said in read(app) and not app.exception
        monkeypatch.delenv(limit.variable)
    assert "1 invoice line" in read(app.run())


@pytest.mark.parametrize(
    ("own", "said"),
    [({"server.address": "0.0.0.0"}, "127.0.0.1 alone"), ({"server.address": None}, "127.0.0.1 alone"),
     ({signing.HEADERS: {}}, "No header says")],
)  # fmt: skip
def test_a_server_that_others_reach_past_the_proxy_does_not_start(proxied, monkeypatch, own, said):
    signing.check_server()
    monkeypatch.setattr(config, "get_option", _with(config.get_option, own))
    with pytest.raises(VitalsError, match=said):
        signing.check_server()


@pytest.fixture
def served(monkeypatch):
    """A server with a session of Anna's, who has an upload and two downloads."""
    sessions = {"annas": Namespace(_user_info={"email": ANNA, "is_logged_in": True})}
    manager = Namespace(_files_by_session_and_coord={"annas": {"1": "shown", "2": "asked"}})
    found = Namespace(get_app_session=sessions.get, media_file_mgr=manager)
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: found)
    monkeypatch.setattr(gate, "_EXECUTE", lambda manager, file_id: "/media/made.xlsx")
    gate._execute(manager, "asked")
    yield
    gate.MADE.clear()


def status(path, headers=(), kind="http"):
    """What the gate says to a request; 200 if it lets it through."""
    sent = []

    async def through(scope, receive, send):
        sent.append({"status": 200})

    async def send(message):
        sent.append(message)

    scope = {
        "type": kind,
        "path": path,
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
    }
    # in a thread of its own: a browser's tests leave a loop running in this one
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, gate.Gate(through)(scope, None, send)).result()
    return sent[0].get("status") or sent[0].get("code")


REACHED = ("/_stcore/upload_file/annas/1", "/media/shown.csv", "/media/made.xlsx")


@pytest.mark.parametrize("path", REACHED)
def test_an_upload_or_download_is_its_owners_alone(proxied, served, path):
    assert status(path, [(HEADER, ANNA)]) == 200
    assert status(path, [(HEADER, EVE)]) == gate.REFUSED
    assert status(path) == gate.REFUSED
    assert (
        status(path.replace("annas", "x").replace("shown", "x").replace("made", "x"), [(HEADER, EVE)]) == gate.REFUSED
    )


def test_the_letters_that_pages_are_written_in_are_no_download(proxied, served, monkeypatch):
    assert status("/static/media/Letters.woff2", [(HEADER, EVE)]) == 200
    assert status("/media/static/media/shown.csv", [(HEADER, EVE)]) == gate.REFUSED
    monkeypatch.setattr(config, "get_option", _with(config.get_option, {"server.baseUrlPath": "vitals"}))
    assert status("/vitals/static/media/Letters.woff2", [(HEADER, EVE)]) == 200
    assert status("/vitals/media/shown.csv", [(HEADER, EVE)]) == gate.REFUSED
    assert status("/other/static/media/shown.csv", [(HEADER, EVE)]) == gate.REFUSED


def test_past_the_proxy_nothing_is_served(proxied, served):
    for path in ("/", "/client_margin", "/_stcore/metrics", "/app/static/x.css"):
        assert status(path) == gate.REFUSED
        assert status(path, [(HEADER, ANNA)]) == 200
    assert status("/_stcore/stream", kind="websocket") == gate.POLICY_VIOLATION
    assert status("/_stcore/stream", [(HEADER, ANNA)], kind="websocket") == 200
    assert status("/_stcore/health") == 200


def test_with_a_provider_its_signed_cookie_says_whose_a_request_is(proxied, served, monkeypatch):
    monkeypatch.setenv(signing.VARIABLE, "oidc")
    monkeypatch.setattr(signing.starlette_websocket, "get_cookie_secret", lambda: SECRET)

    def cookie(person, secret=SECRET):
        said = json.dumps({"email": person, "is_logged_in": True, "origin": "https://vitals.firm.example"})
        signed = starlette_app_utils.create_signed_value(secret, USER_COOKIE_NAME, said)
        return [("Cookie", f"{USER_COOKIE_NAME}={signed.decode()}")]

    for path in REACHED:
        assert status(path, cookie(ANNA)) == 200
        for other in (cookie(EVE), cookie(ANNA, "another secret that is long enough"), [], [(HEADER, ANNA)]):
            assert status(path, other) == gate.REFUSED
    assert status("/") == 200


def test_off_it_is_asked_of_nobody(monkeypatch):
    monkeypatch.delenv(signing.VARIABLE, raising=False)
    signing.check_server()
    assert signing.person() is None
    assert status("/media/anything.csv") == 200
