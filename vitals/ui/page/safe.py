"""Text from files on its way to the screen: the only escaping there is, so that names are shown verbatim."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Any

import streamlit as st

WORD_JOINER = "\N{WORD JOINER}"
MARKUP = frozenset("\\`*_{}[]()<>#+-.!|~$:&@=/^\"'")
REFERENCES = {ord(letter): f"&#{ord(letter)};" for letter in MARKUP}
"""A character reference for each letter that Markdown could read as anything but itself."""
# Read after the character references are resolved, so that only a joiner keeps them apart: links without markup
# (www.x.org, a@b.org, http://x), :icon: and :emoji: names, and arrows made of signs.
TOO_LATE = re.compile(r"(www(?=\.)|[@:]|[-<>~](?=[-<>=]))", re.IGNORECASE)
DOLLAR = "\N{DOLLAR SIGN}"
SPOKEN = frozenset(".-/='\"")
"""Letters of markup that do nothing inside a line without the others."""

LIST_ITEM = re.compile(r"^(\d+)\.(?= )")
LINE_ENDS = frozenset("\t\n\v\f\r\x85\u2028\u2029")
INVISIBLE = ("Cc", "Cf", "Cs", "Co")


def plain(text: Any) -> str:
    """The text without control, direction-changing and zero-width characters; line ends become blanks."""
    said = str(text)
    if said.isprintable():
        # none of these is, and most texts hold none
        return said
    kept = (" " if letter in LINE_ENDS else letter for letter in said)
    return "".join(letter for letter in kept if unicodedata.category(letter) not in INVISIBLE)


def md(text: Any) -> str:
    """The text for a place that reads Markdown: every letter shown as it is, nothing interpreted."""
    parts = TOO_LATE.sub(rf"\1{WORD_JOINER}", plain(text)).strip()
    return parts.translate(REFERENCES)


def pl(text: Any) -> str:
    """The text for a Plotly label, which reads a few HTML tags and entities."""
    return html.escape(plain(text), quote=False)


def in_cell(text: Any) -> str:
    """The text for a name to click in a table, which would take its beginning for an icon or a list of names."""
    shown = plain(text)
    return f"{WORD_JOINER}{shown}" if shown.startswith((":", "[")) else shown


def heard(text: Any) -> str:
    """The text for a label that is only heard: blanks in place of markup, whose escapes a reader would spell."""
    # one dollar is money, two begin a formula
    read = MARKUP - SPOKEN - ({DOLLAR} if str(text).count(DOLLAR) == 1 else set())
    words = "".join(" " if letter in read else letter for letter in plain(text)).split()
    return TOO_LATE.sub(rf"\1{WORD_JOINER}", LIST_ITEM.sub(r"\1", " ".join(words).lstrip("-.=/ ")))


def label_above(text: str) -> str:
    """Write the text above a widget; returned is the widget's own label, to be collapsed."""
    st.markdown(f":small[{md(text)}]")
    return heard(text)
