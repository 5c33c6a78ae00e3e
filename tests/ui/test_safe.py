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
    "badge", "write", "expander", "toast", "radio", "checkbox", "button", "progress", "tabs", "text_input",
    "selectbox", "multiselect", "toggle", "popover", "download_button", "number_input", "text_area", "link_button",
    "page_link", "date_input", "time_input", "slider", "status", "spinner", "segmented_control", "pills",
    "file_uploader", "menu_button", "feedback",
}  # fmt: skip
ESCAPES = {"md", "label_above", "heard"}
LABELS = {"label", "help", "body", "text", "delta", "delta_description"}
CHOICES = {"radio", "segmented_control", "pills", "tabs"}
"""Widgets that read Markdown in what can be chosen, too."""

OURS = {
    "item.label": "an assumption's, from assumptions.toml", "_label(item)": "the same with its unit",
    "label": "a caller's constant", "word": "a constant a few lines above", "tells": "a page's, from its entry",
    "item.question": "the same", "ending.upper()": "csv or xlsx", "delta or None": "a number as it is written",
    "column.help": "a column's, from contract.toml", "sign": "one of SIGNS", "SIGNS[decision]": "a constant",
    "SIGNS['ask']": "one of them",
    "WHY_OWN": "a constant", "NOT_AVAILABLE": "a constant", "numbers": "row and number",
    "NO_VERSION": "a constant", "NOTHING": "a constant", "path(name)": "a page's file", "path(item.name)": "the same",
    "BEHIND[signal]": "a constant", "state": "one of STATES",
    "list(kinds)": "constants", "said": "a constant of the page",
    "path(CLIENT)": "the same", "contents.path('assumptions')": "the same",
}  # fmt: skip
"""What stands in a label unescaped, since it is never from a file; why it isn't."""


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


def _is_safe(said: ast.expr | None) -> bool:
    """Whether nothing of a file can stand in it unescaped."""
    if said is None or isinstance(said, ast.Constant) or ast.unparse(said) in OURS:
        return True
    if isinstance(said, ast.Call):
        return (
            ast.unparse(said.func).split(".")[0] in (*ESCAPES, "formats") or ast.unparse(said.func) == "st.get_option"
        )
    parts = {
        ast.JoinedStr: lambda: [part.value for part in said.values if isinstance(part, ast.FormattedValue)],
        ast.BinOp: lambda: [said.left, said.right],
        ast.IfExp: lambda: [said.body, said.orelse],
        ast.List: lambda: said.elts,
        ast.Starred: lambda: [said.value],
    }
    return type(said) in parts and all(map(_is_safe, parts[type(said)]()))


def _labels(call: ast.Call) -> list[ast.expr]:
    """What a widget shows as Markdown: its label, its help, and for some widgets what can be chosen."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    found = [*call.args[:1], *(value for name, value in named.items() if name in LABELS)]
    has_choices = call.func.attr in CHOICES and len(call.args) > 1 and "format_func" not in named
    return [*found, *call.args[1:2]] if has_choices else found


@pytest.mark.parametrize("path", _screens(), ids=lambda path: path.name)
def test_every_label_is_escaped_or_ours(path):
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    sinks = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in SINKS]
    sinks = [call for call in sinks if ast.unparse(call.func.value) in ("st", "bar")]
    assert [ast.unparse(said) for call in sinks for said in _labels(call) if not _is_safe(said)] == []


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_label_that_is_only_heard_holds_no_markup(text):
    said = safe.heard(f"{text} which one is right? {text}")
    assert not set("\\\\`*_{}[]()<>#+!|~$:&@^") & set(said)
    assert "which one is right?" in said
    assert "www." not in said and not said.startswith(("-", "1."))


def test_a_label_that_is_only_heard_can_be_understood():
    assert (
        safe.heard("lines-2025.csv, ticket T-1.5: which one is right?")
        == "lines-2025.csv, ticket T-1.5 which one is right?"
    )
