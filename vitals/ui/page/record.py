"""What the run of a page asked and showed, so that the page can explain itself without a list of its own."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from vitals.catalogue import numbers

ASKED, SHOWN, ABOUT = "vitals_asked", "vitals_shown", "vitals_about"


def begin() -> None:
    """Forget what other pages asked and showed."""
    # new dictionaries, which keep the order: a run that was overtaken goes on writing into the old ones
    st.session_state[ASKED], st.session_state[SHOWN], st.session_state[ABOUT] = {}, {}, {}


def asked(query: str) -> None:
    """A query was asked for what the page shows."""
    st.session_state.setdefault(ASKED, {})[query] = True


def showed(names: Iterable[str]) -> None:
    """Numbers of the catalogue are on the page."""
    st.session_state.setdefault(SHOWN, {}).update(dict.fromkeys(names, True))


def showed_table(query: str, columns: Iterable[str]) -> None:
    """Columns of a query are on the page: those that hold a number of the catalogue, or one month by month."""
    held = set(columns)
    showed(name for name, item in numbers().items() if query in (item.query, item.trend) and item.column in held)


def is_about(kind: str, name: str) -> None:
    """The page is about one client or technician of many."""
    st.session_state.setdefault(ABOUT, {})[kind] = name


def about() -> dict[str, str]:
    """Whom the page is about: client or technician -> name; empty where it is about all."""
    return dict(st.session_state.get(ABOUT, {}))


def queries() -> list[str]:
    """The queries asked so far, in that order."""
    return list(st.session_state.get(ASKED, {}))


def shown() -> list[str]:
    """The names of the numbers shown so far, in that order."""
    return list(st.session_state.get(SHOWN, {}))
