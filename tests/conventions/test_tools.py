"""The tools that read the whole tree: ruff, mypy, import-linter and sqlfluff, each to be silent."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conventions.tree import ROOT

BIN = Path(sys.executable).parent
TOOLS = {
    "ruff check": ["ruff", "check", "--no-cache", "."],
    "ruff format": ["ruff", "format", "--no-cache", "--check", "."],
    "mypy": ["mypy"],
    "import-linter": ["lint-imports", "--no-cache"],
    "sqlfluff": ["sqlfluff", "lint", "--disable-progress-bar", "queries"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_tool_finds_nothing(tool):
    program, *arguments = TOOLS[tool]
    found = subprocess.run([BIN / program, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout[-6000:] + found.stderr[-2000:]
