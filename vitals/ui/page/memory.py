"""What a session keeps until its workspace changes: the results of queries, and the charts drawn of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

T = TypeVar("T")
KEPT, MOST = "vitals_kept", 128
"""Where it is kept, and how many things at the most."""


def once(key: tuple[Any, ...], make: Callable[[], T], is_worth: Callable[[T], bool] = lambda made: True) -> T:
    """What is kept under that key, else made now, and kept if it is worth it."""
    known: dict[tuple[Any, ...], T] = st.session_state.setdefault(KEPT, {})
    if key in known:
        return known[key]
    made = make()
    if is_worth(made):
        while len(known) >= MOST:
            known.pop(next(iter(known)))
        known[key] = made
    return made


def forget() -> None:
    """Keep nothing of what was: the workspace has changed."""
    # a new dictionary: a run that was overtaken keeps what it still finds in the old one
    st.session_state[KEPT] = {}
