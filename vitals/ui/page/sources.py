"""What a page without data says: which exports it needs, where to find them, and the offer of the sample."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import streamlit as st

from vitals.contract import entities
from vitals.ui.page import contents, inputs
from vitals.ui.page.safe import md
from vitals.ui.start import intake

SOURCES_FILE = Path(__file__).parent / "sources.toml"


@cache
def _sources() -> dict[str, dict[str, list[str]]]:
    with SOURCES_FILE.open("rb") as file:
        return tomllib.load(file)


def _said(missing: Sequence[str]) -> str:
    """What the page waits for, in one sentence."""
    if not missing:
        return "This page needs at least one complete month of data."
    return f"This page needs {inputs.listed(missing)}."


def _where(need: str) -> None:
    for name in need.split("|"):
        entity = entities()[name]
        st.subheader(md(entity.label), anchor=False)
        needed = ", ".join(column.name.replace("_", " ") for column in entity.required)
        st.markdown(md(f"{entity.grain.capitalize()}. Needed at least: {needed}."))
        for line in _sources().get(name, {}).get("systems", []):
            st.caption(md(line))


def all_of_them() -> None:
    """Every kind of rows that can be loaded and where systems keep it, for somebody about to export."""
    with st.expander("Which exports to take, and where your systems keep them"):
        for name in _sources():
            _where(name)


def empty_page(tells: str, missing: Sequence[str]) -> None:
    """What the page would tell, what it waits for, where PSA systems keep that, and two ways on."""
    st.header(tells, anchor=False)
    st.markdown(md(_said(missing)))
    with st.container(horizontal=True):
        if st.button("Load exports", type="primary", key="empty_load"):
            st.switch_page(contents.path("start"))
        if st.button("Look at the sample first", key="empty_sample", on_click=intake.take_sample):
            st.switch_page(contents.path("start"))
    for need in missing:
        _where(need)
