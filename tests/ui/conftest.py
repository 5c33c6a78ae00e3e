"""What the tests of the screens share: a server-less app on canned results, or on an empty workspace."""

from __future__ import annotations

import html

import duckdb
import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from tests.conventions.tree import ROOT
from tests.ui import canned
from vitals import registers, warehouse
from vitals.registers import register
from vitals.ui.page import contents, failure, session, standing
from vitals.ui.page.safe import WORD_JOINER
from vitals.workspace import choices

PAGES = tuple(item.name for item in contents.entries())

PATIENCE = 600
"""Seconds; a run that hangs fails at last, one on a busy machine passes."""


@pytest.fixture(autouse=True)
def development(monkeypatch):
    """Programming errors crash, so that AppTest sees them."""
    monkeypatch.setenv(failure.DEVELOPMENT, "1")


@pytest.fixture(scope="module", autouse=True)
def quick(lazily):
    """Files are read in place, tables made when they are read, and no package is asked for components of screens."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", list)
        yield


def _begun(con, name, /, **where):
    return [*map(register(name).read, register(name).rows)]


@pytest.fixture
def results(monkeypatch):
    """Queries give canned frames."""
    monkeypatch.setattr(warehouse, "run", canned.run)
    monkeypatch.setattr(warehouse, "rows", canned.rows)
    monkeypatch.setattr(warehouse, "connect", duckdb.connect)
    monkeypatch.setattr(choices, "register_rows", _begun)
    monkeypatch.setattr(registers, "kept_rows", lambda con, kept: [*map(kept.read, kept.rows)])


def open_page(name: str, **query: str) -> AppTest:
    """The app with one page open."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    return app if name == "start" else app.switch_page(f"pages/{name}.py").run()


def own(app: AppTest) -> warehouse.Connection:
    """The visitor's own workspace, which one who only looks does not have yet."""
    if session.CONNECTION not in app.session_state:
        con = app.session_state[session.CONNECTION] = warehouse.connect()
        app.session_state[standing.HOLDING].connection = con
    return app.session_state[session.CONNECTION]


def read(app: AppTest) -> str:
    """Everything the page says, as a person reads it."""
    return html.unescape(words(app)).replace(WORD_JOINER, "")


def words(app: AppTest) -> str:
    """Everything the page says, as Streamlit gets it."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "error")
    said = [str(element.value) for kind in kinds for element in getattr(app, kind)]
    return "\n".join([*said, *(box.label for box in app.expander)])
