"""What a page or a number is made from, and what is said while some of it is missing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import streamlit as st

from vitals.contract import entities
from vitals.queries import query
from vitals.ui.page import contents, session
from vitals.ui.page.safe import md

ANYTHING = "tickets|time_entries|invoice_lines"
SOURCES_FILE = Path(__file__).parent / "sources.toml"


def missing(needs: Iterable[str]) -> list[str]:
    """The needs that the workspace doesn't meet: either of several will do, of "*" any file, even one of no row."""
    held = session.held()
    if "*" in needs:
        return [] if held or len(session.run("metrics.load_accounts")) else [ANYTHING]
    return [need for need in needs if not held & set(need.split("|"))]


def listed(needs: Iterable[str]) -> str:
    """Needs in words: invoice lines, time entries or tickets and technicians."""
    names = [" or ".join(entities()[name].label.lower() for name in need.split("|")) for need in needs]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def or_what_to_load(page: str, sentence: str) -> str:
    """The headline of another page, or which files to load to have one."""
    item = contents.entry(page)
    waits = missing((*item.needs, *item.also))
    return f"Load {listed(waits)} to see {item.shows}." if waits else sentence


def to_load_for(name: str) -> str:
    """Which files a number of that query waits for; empty if it has all that it is made from."""
    waits = missing(query(name).needs)
    return f"Load {listed(waits)} to see this." if waits else ""


def links_to_pages() -> None:
    """A link for each question that the loaded files answer, and a line for each that waits for others."""
    announced = [item for item in contents.entries() if item.shows]
    ready = [item for item in announced if not missing((*item.needs, *item.also))]
    with st.container(horizontal=True):
        for item in [*ready, contents.entry("data_health")]:
            contents.link(item.name, item.asked_briefly)
    for item in announced:
        if item not in ready:
            st.caption(md(or_what_to_load(item.name, "")))


@cache
def _sources() -> dict[str, dict[str, list[str]]]:
    with SOURCES_FILE.open("rb") as file:
        return tomllib.load(file)


def _said(missing: Sequence[str]) -> str:
    """What the page waits for, in one sentence."""
    if not missing:
        return "This page needs at least one complete month of data."
    return f"This page needs {listed(missing)}."


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
        if st.button("Look at the sample first", key="empty_sample"):
            st.session_state[contents.SAMPLE] = True
            st.switch_page(contents.path("start"))
    for need in missing:
        _where(need)
