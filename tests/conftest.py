"""What tests of several folders share: workspaces that are built as far as they are read, and files read in place."""

from __future__ import annotations

import pytest

from tests import lazy
from vitals import warehouse
from vitals.ingest.preparation import prepare
from vitals.ingest.process.parent import ReaderProcess

PREPARE = ReaderProcess.prepare


@pytest.fixture(scope="module")
def lazily():
    """Every workspace that is opened makes a table when it is first read, and no process is started to read a file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warehouse, "connect", lazy.connect)
        patch.setattr(ReaderProcess, "prepare", lambda self, *said: prepare(*said))
        yield


@pytest.fixture
def in_earnest(monkeypatch):
    """What `lazily` spares most tests: the whole warehouse is built, and a process of its own reads the files."""
    monkeypatch.setattr(warehouse, "connect", lazy.CONNECT)
    monkeypatch.setattr(ReaderProcess, "prepare", PREPARE)
