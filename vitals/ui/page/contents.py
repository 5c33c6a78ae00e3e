"""The table of contents: every page, its group, its address and its question."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from vitals import formats
from vitals.catalogue import Number
from vitals.contract import entities
from vitals.queries import query
from vitals.ui.page import session, signing
from vitals.ui.page.safe import md

ROOT = Path(__file__).parents[3]
ICON = ROOT / "static" / "icon.svg"
LOGO = ROOT / "static" / "logo.svg"
FOCUS = ROOT / "static" / "focus.css"
ENTER = (ROOT / "static" / "enter.js").read_text()
"""Opens a row by Enter."""
LARGE = (ROOT / "static" / "large.js").read_text()
"""Names the files of a drop that are too large."""
CHART = (ROOT / "static" / "chart.js").read_text()
"""Makes a file of a chart; the page's policy knows these scripts, our only ones, by their fingerprints."""
START = "start"
THROUGH_APP = "vitals_through_app"
MARKED = (
    '<style>[data-testid="stSidebarNavLink"][href$="/PAGE"]'
    " { background: color-mix(in srgb, currentColor 12%, transparent) } </style>"
)
ENTERED, OPENED = "vitals_entered", "vitals_opened"
ROWS = "rows"
SAMPLE = "vitals_sample_wanted"
"""That another page asked for the sample, which the start page loads."""
CLIENT = "client"
TECHNICIAN = "technician"
"""A page about one of many: also the column of its names, and its choice in the address and in the session."""


@dataclass(frozen=True)
class Entry:
    """One page of the table of contents."""

    name: str
    """Its file, and its address save for the start page, which is at the root."""
    label: str
    """Its name on a tab or a link."""
    question: str
    tells: str
    """What a reader learns from it."""
    needs: tuple[str, ...] = ()
    """Entities without which it has nothing to say; either of "time_entries|tickets" does, of "*" any."""
    also: tuple[str, ...] = ()
    """What its headline takes beside them."""
    shows: str = ""
    """What loading them would show, in a sentence; empty if other pages don't announce it."""
    asks: str = ""
    """Its question as the menu has room for it; a page without one is a tab beside the page before it that has one."""

    of_invoices: bool = False
    """Whether its months are those of invoices: tickets and hours that reach less far don't shorten them."""
    managed: bool = False
    """Whether it says what clients on a fee leave, and warns where nobody knows which hours the fee covers."""

    margins: bool = False
    """Whether its figures rest on margins without its headline saying so, so that it warns where none can be read."""

    @property
    def asked_briefly(self) -> str:
        """The question up to its first comma, for a link on a phone."""
        return f"{self.question.removesuffix('?').split(',')[0]}?"


INVOICES, LABOUR, REVIEWS = "invoice_lines", "time_entries|tickets", "reviews"


@cache
def groups() -> dict[str, list[Entry]]:
    """The pages of each group of the menu, in its order."""
    with CONTENTS_FILE.open("rb") as file:
        said = tomllib.load(file)
    found: dict[str, list[Entry]] = {}
    for name, spec in said.items():
        own: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in spec.items()}
        group = str(own.pop("group", "") or list(found)[-1])
        found.setdefault(group, []).append(Entry(name=name, **own))
    return found


def entries() -> list[Entry]:
    """Every page, in the order of the menu."""
    return [page for pages in groups().values() for page in pages]


def entry(name: str) -> Entry:
    """The page of that name."""
    return next(page for page in entries() if page.name == name)


def _to_start() -> None:
    st.switch_page(path(START), query_params={})


def _lines(items: Iterable[Entry]) -> list[list[Entry]]:
    found: list[list[Entry]] = []
    for item in items:
        if item.asks:
            found.append([])
        found[-1].append(item)
    return found


def lines() -> list[list[Entry]]:
    """The lines of the menu: each a page and those that are tabs beside it."""
    return _lines(entries())


def line_of(name: str) -> list[Entry]:
    """The pages that share a line of the menu with the page of that name, itself among them."""
    return next(line for line in lines() if entry(name) in line)


def _open() -> str:
    """The last part of the address, which is the page's name; empty where there is no browser."""
    return urlsplit(st.context.url or "").path.rsplit("/", 1)[-1]


def _pages(line: Sequence[Entry]) -> list[StreamlitPage]:
    """The pages of a line: in the menu stands the first, by the line's question."""
    return [
        st.Page(
            ROOT / path(item.name),
            title=line[0].asks,
            url_path="load" if item.name == START else item.name,
            default=item.name == START,
            visibility="visible" if item == line[0] else "hidden",
            help=item.tells,
        )
        for item in line
    ]


def _mark_line() -> None:
    """Tint the line of the menu to which an open tab belongs; the framework tints that of an open first page."""
    here = _open()
    for line in lines():
        if here in [item.name for item in line[1:]]:
            st.html(MARKED.replace("PAGE", "" if line[0].name == START else line[0].name))


def tabs(page: str) -> None:
    """The pages that share the page's line of the menu, the open one marked."""
    line = line_of(page)
    if len(line) > 1:
        with st.container(horizontal=True, key="tabs"):
            for item in line:
                st.page_link(path(item.name), label=item.label)


def navigate() -> StreamlitPage:
    """Declare the pages and return the one asked for."""
    menu = {group: [page for line in _lines(items) for page in _pages(line)] for group, items in groups().items()}
    # the default page lives at the root; its own name is an address too
    menu["Start"].append(st.Page(_to_start, title="Start", url_path=START, visibility="hidden"))
    return st.navigation(menu, expanded=True)


def is_start(page: StreamlitPage) -> bool:
    """Whether it is the page on which files are dropped."""
    return page.title == entry(START).asks


def opened(page: StreamlitPage) -> Entry:
    """What the table of contents says of the page that is open."""
    return next((item for item in entries() if item.name == page.url_path), entry(START))


def begin() -> StreamlitPage:
    """What every run starts with: name the tab, let in who may come in, stop overtaken queries, draw the menu."""
    st.set_page_config(page_title="MSP Vitals", page_icon=str(ICON), layout="wide")
    signing.require()
    session.interrupt_overtaken()
    session.follow()
    st.html(FOCUS)
    st.html("<script>" + ENTER + "</script><script>" + CHART + "</script>", unsafe_allow_javascript=True)
    st.logo(str(LOGO), size="large", icon_image=str(ICON))
    st.session_state[THROUGH_APP] = True
    page = navigate()
    _mark_line()
    st.session_state[ENTERED], st.session_state[OPENED] = st.session_state.get(OPENED) != page.url_path, page.url_path
    return page


def reached_through_app() -> bool:
    """Whether app.py is running this page; asked once a run.

    The first deep link after a server start runs the page's file alone, because the server still takes
    pages/ for the menu until the first call of st.navigation in any session.
    """
    return bool(st.session_state.pop(THROUGH_APP, False))


def link(
    name: str, label: str, width: int | Literal["content"] = "content", choices: dict[str, str] | None = None
) -> None:
    """The way to a page, with an arrow, and to what is chosen there."""
    st.page_link(
        path(name),
        label=label,
        icon=":material/arrow_forward:",
        icon_position="right",
        width=width,
        query_params=choices,
    )


def go(page: str, choices: dict[str, str]) -> None:
    """Open a page with its own choices made; filters bound to the address go along by themselves."""
    st.session_state.update(choices)
    st.switch_page(path(page), query_params={})


def button(label: str, key: str, page: str, choices: dict[str, str]) -> None:
    """The way to a page where something is chosen already, without saying it in an address."""
    if st.button(label, key=key, type="tertiary", icon=":material/arrow_forward:", icon_position="right"):
        go(page, choices)


def link_to_client(client: str) -> None:
    """The way to a client's page, with the same filters."""
    link(CLIENT, f"Open {md(client)}", choices={CLIENT: client})


def link_to_evidence(page: str, name: str) -> None:
    """The way to a page, and on one about a client or a technician to the one of that name."""
    if page in (CLIENT, TECHNICIAN):
        link(page, f"The {page}", choices={page: name})
    else:
        link(page, entry(page).label)


def path(name: str) -> str:
    """The file of a page, as st.switch_page and st.page_link want it."""
    return f"pages/{name}.py"


ANYTHING = "tickets|time_entries|invoice_lines"
SOURCES_FILE, CONTENTS_FILE = (Path(__file__).parent / name for name in ("sources.toml", "contents.toml"))


def missing(needs: Iterable[str]) -> list[str]:
    """The needs that the workspace doesn't meet: either of several will do, of "*" any file, even one of no row."""
    held = session.held()
    if "*" in needs:
        return [] if held or len(session.run("metrics.load_accounts")) else [ANYTHING]
    return [need for need in needs if not held & set(need.split("|"))]


def listed(needs: Iterable[str]) -> str:
    """Needs in words: invoice lines, time entries or tickets and technicians."""
    names = [" or ".join(entities()[name].label.lower() for name in need.split("|")) for need in needs]
    return formats.listed(names)


def or_what_to_load(page: str, sentence: str) -> str:
    """The headline of another page, or which files to load to have one."""
    item = entry(page)
    waits = missing((*item.needs, *item.also))
    return f"Load {listed(waits)} to see {item.shows}." if waits else sentence


def to_load_for(item: Number) -> str:
    """Which files a number waits for; empty if it has all that it is made from."""
    waits = missing([*query(item.query).needs, *([item.also] if item.also else [])])
    return f"Load {listed(waits)} to see this." if waits else ""


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
            st.switch_page(path("start"))
        if st.button("Look at the sample first", key="empty_sample"):
            st.session_state[SAMPLE] = True
            st.switch_page(path("start"))
    for need in missing:
        _where(need)
