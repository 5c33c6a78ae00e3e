"""The documents: every file they link to exists, every command they name is one."""

from __future__ import annotations

import os
import re

import pytest

from tests.conventions.tree import ROOT, files, name
from vitals import cli
from vitals.queries import all_queries

LINK = re.compile(r"\]\((?!https?:|#)([^)\s]+)\)")
COMMAND = re.compile(r"python -m vitals (\w+)")
TARGET = re.compile(r"`(?:make|make\.bat) (\w+)`")
DOCUMENTS = pytest.mark.parametrize("path", files("README.md", "CONTRIBUTING.md", "docs", suffix=".md"), ids=name)


@DOCUMENTS
def test_links_lead_somewhere(path):
    missing = [link for link in LINK.findall(path.read_text()) if not (path.parent / link.split("#")[0]).exists()]
    assert missing == []


@DOCUMENTS
def test_make_targets_exist(path):
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(TARGET.findall(path.read_text())) <= set(targets)


@pytest.mark.parametrize("command", sorted(set(COMMAND.findall((ROOT / "README.md").read_text()))))
def test_commands_of_the_readme_exist(command, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"])
    assert ended.value.code == 0
    assert "usage" in capsys.readouterr().out


@pytest.mark.parametrize("query", ["metrics.client_margin", "metrics.left_out_rows"])
def test_queries_can_be_pasted_once_their_values_are_said(empty, query):
    """As the README says it: with `set variable`, in a shell that knows nothing of ours."""
    said = re.findall(r"`(set variable \w+ = date '[\d-]+';)`", (ROOT / "README.md").read_text())
    assert len(said) == 1
    with empty.cursor() as shell:
        shell.execute(said[0])
        shell.execute(said[0].replace("month_from", "month_to"))
        assert shell.execute(all_queries()[query].sql).fetchall() == []


def test_readme_is_read_in_five_minutes():
    assert len((ROOT / "README.md").read_text().split()) <= 1_400


def test_contributing_is_read_in_five_minutes():
    assert len((ROOT / "CONTRIBUTING.md").read_text().splitlines()) <= 100


def test_the_check_of_every_change_can_be_run():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
