"""Pages: one question each, at most sixty lines, no function, no arithmetic, no SQL."""

from __future__ import annotations

import ast

import pytest

from tests.conventions.tree import ROOT, imports, name, pages, syntax

LONGEST_PAGE = 60
NOT_IN_A_PAGE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.Try, ast.While)
PAGES = pytest.mark.parametrize("path", pages(), ids=name)


@PAGES
def test_page_is_short(path):
    assert len(path.read_text().splitlines()) <= LONGEST_PAGE


@PAGES
def test_docstring_is_the_question(path):
    assert (ast.get_docstring(syntax(path)) or "").split("\n")[0].endswith("?")


@PAGES
def test_page_only_names_what_it_shows(path):
    wrong = [node for node in ast.walk(syntax(path)) if isinstance(node, NOT_IN_A_PAGE)]
    assert [f"line {node.lineno}: {type(node).__name__}" for node in wrong] == []


@PAGES
def test_page_does_no_arithmetic(path):
    """Numbers come from queries; a page that wants to add wants a query."""
    found = [node for node in ast.walk(syntax(path)) if isinstance(node, ast.BinOp | ast.AugAssign)]
    assert [f"line {node.lineno}: {ast.unparse(node)}" for node in found] == []


@PAGES
def test_page_looks_only_at_the_screen_layer(path):
    ours = {module for module in imports(path) if module.split(".")[0] == "vitals"}
    allowed = ("vitals.ui", "vitals.formats", "vitals.catalogue")
    assert {module for module in ours if module != "vitals" and not module.startswith(allowed)} == set()


def test_contents_table_stays_a_table_of_contents():
    lines = (ROOT / "app.py").read_text().splitlines()
    assert len(lines) <= LONGEST_PAGE
