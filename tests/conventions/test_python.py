"""Python: short functions, modules of one noun named for it, one sentence on top, no SQL outside its places."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conventions.tree import ROOT, all_code, app_code, calls, files, imports, name, pages, syntax

LONGEST_MODULE, LONGEST_FUNCTION = 350, 30
NO_NAMES = {"helpers", "helper", "utils", "util", "common", "misc"}
WRITERS = ("warehouse", "renewal", "steps", "queries", "registers", "kept/child", "kept/file", "sail/engine")
WRITES_SQL = {f"vitals/{name}.py" for name in WRITERS}
SCRATCH = "vitals/ingest/read/"
"""Types the cells of a file in a private database in memory: its casts are made from the columns of that file."""
SQL = re.compile(
    r"\s*(?:(?:select|SELECT|with|WITH)\b.*\b(?:from|FROM|as|AS)\b|(?:insert into|INSERT INTO|delete from|DELETE FROM"
    r"|(?:create|CREATE|drop|DROP|alter|ALTER) (?:or replace |temp )*(?:table|view|schema|macro|TABLE|VIEW)"
    r"|update \w+(?:\.\w+)? set|copy |attach |from \w+\.\w+))",
    re.DOTALL,
)
BANNED = re.compile(r"\b(?:cache_data|cache_resource|unsafe_allow_html|use_container_width|components\.v1)\b")
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b")
MODULES = pytest.mark.parametrize("path", all_code(), ids=name)
APP = pytest.mark.parametrize("path", app_code(), ids=name)


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(syntax(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _docstrings(tree: ast.Module) -> set[int]:
    """The identities of the string nodes that stand alone, so are documentation."""
    alone = (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))
    return {id(value) for value in alone if isinstance(value, ast.Constant)}


@pytest.mark.parametrize("path", files("vitals", "app.py", "docs", "benchmarks", suffix=".py"), ids=name)
def test_modules_are_short(path):
    assert len(path.read_text().splitlines()) <= LONGEST_MODULE


@MODULES
def test_functions_are_short(path):
    if path.is_relative_to(ROOT / "tests"):
        return  # a hand-checked case is its rows and its figures: tearing them apart hides how they belong together
    long = {node.name: node.end_lineno - node.lineno + 1 for node in _functions(path)}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


@MODULES
def test_module_says_in_a_sentence_what_it_owns(path):
    first = (ast.get_docstring(syntax(path)) or "").split("\n\n")[0]
    assert first.endswith((".", "?")), f"{name(path)} begins with {first!r}"


@MODULES
def test_module_is_a_noun_of_the_field(path):
    assert not NO_NAMES & {path.stem, *path.relative_to(ROOT).parts}


@MODULES
def test_nothing_is_left_for_later(path):
    assert not UNFINISHED.findall(path.read_text())


@APP
def test_sql_stands_only_where_it_belongs(path):
    if name(path) in WRITES_SQL or name(path).startswith(SCRATCH):
        return
    tree = syntax(path)
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    documentation = _docstrings(tree)
    assert [node.value for node in texts if id(node) not in documentation and SQL.match(node.value)] == []


@APP
def test_no_shared_caches_no_raw_html_nothing_deprecated(path):
    assert not BANNED.findall(path.read_text())


@APP
def test_rows_of_a_frame_are_read_in_one_way(path):
    """By formats.rows: a missing word of pandas' own is true, and a sentence says "nan"."""
    assert not re.search(r"to_dict\(\W?records", path.read_text())


@APP
def test_only_screens_know_streamlit(path):
    if path.is_relative_to(ROOT / "vitals" / "ui") or path in pages() or path == ROOT / "app.py":
        return
    assert not {module for module in imports(path) if module.split(".")[0] in ("streamlit", "plotly")}


@APP
def test_text_from_files_is_escaped_before_it_is_shown(path):
    """In an f-string handed straight to Streamlit each value is the result of a call: md(client), money(fee)."""
    naked = [value for call in calls(path) if _is_streamlit(call) for value in _interpolated(call)]
    assert [ast.unparse(value) for value in naked if not isinstance(value, ast.Call)] == []


def _is_streamlit(call: ast.Call) -> bool:
    owner = getattr(call.func, "value", None)
    return isinstance(owner, ast.Name) and owner.id == "st"


def _interpolated(call: ast.Call) -> list[ast.expr]:
    """The values in f-strings that are arguments themselves, not arguments of md() or another call."""
    given = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg != "key")]
    parts = [value for part in given if isinstance(part, ast.JoinedStr) for value in part.values]
    return [part.value for part in parts if isinstance(part, ast.FormattedValue)]
