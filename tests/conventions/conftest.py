"""The two workspaces that the tests of queries read."""

from __future__ import annotations

import pytest

from tests.conventions.tree import ROOT
from vitals import cli, warehouse

SAMPLE = ROOT / "sample_data" / "exports"


@pytest.fixture(scope="session")
def empty():
    """A workspace without a single row."""
    with warehouse.connect() as con:
        yield con


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """A workspace with the sample, loaded as a user would load it."""
    kept = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    files = sorted(str(path) for path in SAMPLE.iterdir())
    assert files
    assert cli.main(["load", "--workspace", str(kept), *files]) in (0, 1)
    with warehouse.connect(kept) as con:
        yield con
