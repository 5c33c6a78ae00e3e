"""What tests of several folders share: workspaces that are built as far as they are read, and files read in place."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, settings

from tests import lazy
from vitals import renewal, warehouse
from vitals.ingest.preparation import prepare
from vitals.ingest.process.parent import ReaderProcess
from vitals.kept import shared

LONG = [f"tests/{name}" for name in ("browser", "conventions/test_tools", "properties", "ui", "acceptance", "test_")]
"""These begin in this order, before all others, so that no worker is left with one at the end."""

# a deadline, or a check that examples come fast enough, would fail on a busy machine
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

PREPARE, RENEW = ReaderProcess.prepare, renewal.renew


def pytest_collection_modifyitems(items):
    """Put the tests that take long first."""
    items.sort(key=lambda item: [not item.nodeid.startswith(name) for name in LONG])


@pytest.fixture(scope="module")
def lazily():
    """Every workspace that is opened makes a table when it is first read, and no process is started to read a file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warehouse, "connect", lazy.connect)
        patch.setattr(shared, "empty", cache(lazy.connect))
        # to see what came out as it was, all would have to be made
        patch.setattr(renewal, "renew", lambda con, before, progress=None: warehouse.build(con, progress))
        patch.setattr(ReaderProcess, "prepare", lambda self, *said: prepare(*said))
        yield


@pytest.fixture
def in_earnest(monkeypatch):
    """What `lazily` spares most tests: the whole warehouse is built, and a process of its own reads the files."""
    monkeypatch.setattr(warehouse, "connect", lazy.CONNECT)
    monkeypatch.setattr(renewal, "renew", RENEW)
    monkeypatch.setattr(ReaderProcess, "prepare", PREPARE)
