"""The words above a widget: written as text, and told to readers of the screen without character references."""

from __future__ import annotations

import streamlit as st

from vitals.ui.page.safe import md, plain


def written(text: str) -> str:
    """Write the text above a widget; returned is the widget's own label, to be collapsed: it is only heard."""
    st.markdown(f":small[{md(text)}]")
    return plain(text)
