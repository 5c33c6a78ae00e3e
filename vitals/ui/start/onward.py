"""Where to go from the start page: the questions that the loaded files answer, and what the others wait for."""

from __future__ import annotations

import streamlit as st

from vitals.ui.page import contents, frame, inputs, session
from vitals.ui.page.safe import md


def _to(page: str) -> None:
    st.page_link(
        contents.path(page),
        label=contents.entry(page).question,
        icon=":material/arrow_forward:",
        icon_position="right",
    )


def draw() -> None:
    """A link for each question that has its files, a line for each that lacks one; nothing before the first file."""
    if not session.held():
        return
    frame.section("What these files answer")
    ready = [page for page, (needs, _) in inputs.PAGES.items() if not inputs.missing(needs)]
    with st.container(horizontal=True):
        for page in [*ready, "data_health"]:
            _to(page)
    for page in inputs.PAGES:
        if page not in ready:
            st.caption(md(inputs.or_what_to_load(page, "")))
