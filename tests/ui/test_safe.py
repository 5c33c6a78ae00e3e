"""Text from files reaches a Markdown or Plotly sink only through the escaping, and comes out verbatim."""

from __future__ import annotations

import ast
import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conventions.tree import ROOT
from vitals.ui.page import safe

PAYLOADS = [
    "![x](http://host/p)", "[x](http://host)", "**b**", "~~s~~", "# h", "1. one", "- a", "$x$ $y$", ":material/home:",
    ":red[r]", ":+1:", "&amp;", "<b>b</b>", "<iframe srcdoc=x>", "www.x.org", "a@b.org", "http://x", "a -- b -> c",
    "`code`", "|a|b|", "\\", "a_b_c",
]  # fmt: skip
SINKS = {
    "markdown", "caption", "header", "subheader", "title", "error", "warning", "info", "success", "metric",
    "badge",
    "write", "expander", "toast", "radio", "checkbox", "button", "progress", "tabs", "text_input",
}  # fmt: skip
ESCAPES = {"md", "plain", "label_above"}


@pytest.mark.parametrize("text", PAYLOADS)
def test_markdown_shows_every_letter(text):
    shown = safe.md(text)
    assert html.unescape(shown).replace(safe.WORD_JOINER, "") == text
    assert not set("*_[]()<>`$#|~!") & set(html.unescape(shown)) or "&#" in shown


@given(st.text())
def test_no_letter_that_markdown_reads_is_left(text):
    bare = safe.md(text).replace("&#", "").replace(";", "")
    assert not set("*_[]()<>`$|~!:\\") & set(bare)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"])))
def test_escaping_loses_nothing(text):
    assert html.unescape(safe.md(text)).replace(safe.WORD_JOINER, "") == text.replace(safe.WORD_JOINER, "")


def test_invisible_letters_are_dropped():
    assert safe.plain("a\u202eb\u200bc\x00d\ne") == "abcd e"


def test_plotly_label_holds_no_tag():
    assert safe.pl("<b>x</b> & y") == "&lt;b&gt;x&lt;/b&gt; &amp; y"


def _screens():
    return [*sorted((ROOT / "vitals" / "ui").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py")), ROOT / "app.py"]


def _values(call: ast.Call) -> list[ast.expr]:
    """What is put into the words of a call's arguments, unless an escape stands around it."""
    found: list[ast.expr] = []
    waiting: list[ast.AST] = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "help")]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ESCAPES:
            continue
        if isinstance(node, ast.FormattedValue):
            inner = node.value
            escaped = isinstance(inner, ast.Call) and ast.unparse(inner.func).split(".")[0] in (*ESCAPES, "formats")
            found += [] if escaped else [inner]
            continue
        waiting.extend(ast.iter_child_nodes(node))
    return found


@pytest.mark.parametrize("path", _screens(), ids=lambda path: path.name)
def test_no_f_string_reaches_a_sink_without_escaping(path):
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    sinks = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in SINKS]
    assert [ast.unparse(value) for call in sinks for value in _values(call)] == []
