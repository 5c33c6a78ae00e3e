"""The table of contents: every page, its group, its address and its question."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from vitals.ui import session

ROOT = Path(__file__).parents[2]
ICON = ROOT / "static" / "icon.svg"
LOGO = ROOT / "static" / "logo.svg"
THROUGH_APP = "vitals_through_app"

# group -> (file and address, label in the menu, the question it answers)
PAGES = {
    "Start": [("start", "Load exports", "Which exports are in, and what is still asked?")],
    "Health": [
        ("overview", "Overview", "How healthy is the business?"),
        ("data_health", "Data health", "Can these numbers be trusted?"),
    ],
    "Money": [("client_margin", "Client margin", "Which clients make money?")],
    "People": [("utilisation", "Utilisation", "Whose hours are sold?")],
    "Clients": [
        ("qbr", "Reviews", "Which reviews were owed and not held?"),
        ("client", "One client", "What is behind this client's numbers?"),
    ],
    "Pricing": [("pricing", "Hours or outcome", "Hours or outcome: what would each client be worth?")],
    "Reference": [
        ("assumptions", "Assumptions", "What do the numbers assume?"),
        ("how_it_works", "How it works", "Where does each number come from?"),
    ],
}


def _page(name: str, label: str, question: str) -> StreamlitPage:
    path = ROOT / "pages" / f"{name}.py"
    return st.Page(path, title=label, url_path=name, default=name == "start", help=question)


def navigate() -> StreamlitPage:
    """Declare the pages and return the one asked for."""
    groups = {group: [_page(*page) for page in pages] for group, pages in PAGES.items()}
    return st.navigation(groups, expanded=True)


def begin() -> StreamlitPage:
    """What every run starts with: stop overtaken queries, name the tab, draw the menu."""
    session.interrupt_overtaken()
    st.set_page_config(page_title="MSP Vitals", page_icon=str(ICON), layout="wide")
    st.logo(str(LOGO), size="large", icon_image=str(ICON))
    st.session_state[THROUGH_APP] = True
    return navigate()


def reached_through_app() -> bool:
    """Whether app.py is running this page; asked once a run.

    The first deep link after a server start runs the page's file alone, because the server still takes
    pages/ for the menu until the first call of st.navigation in any session.
    """
    return bool(st.session_state.pop(THROUGH_APP, False))


def path(name: str) -> str:
    """The file of a page, as st.switch_page and st.page_link want it."""
    return f"pages/{name}.py"


def label(name: str) -> str:
    """What the menu calls a page."""
    return next(page[1] for pages in PAGES.values() for page in pages if page[0] == name)
