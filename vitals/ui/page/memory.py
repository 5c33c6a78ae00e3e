"""What is kept until a workspace changes, results of queries and charts of them: by a session or by all who read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from vitals.kept.shelf import Shelf, numbered

T = TypeVar("T")
KEPT, MOST = "vitals_kept", 128
"""Where a session keeps it, and how many things at the most."""
ASKED_OF = "vitals_asked_of"
"""The mark of rows that were asked of a workspace which is read together: the number of its shelf."""
ROWS, PLAIN = (pd.DataFrame, pd.Series), (str, int, float, date, type(None))


def once(
    key: tuple[Any, ...],
    make: Callable[[], T],
    is_worth: Callable[[T], bool] = lambda made: True,
    shelf: Shelf | None = None,
) -> T:
    """What is kept under that key, else made now, and kept if it is worth it.

    shelf: where it is kept for all readers of a workspace, in place of the session, since it rests on that alone.
    """
    if shelf is not None:
        return shelf.once(key, partial(_marked, make, shelf), is_worth)
    known: dict[tuple[Any, ...], T] = st.session_state.setdefault(KEPT, {})
    if key in known:
        return known[key]
    made = make()
    if is_worth(made):
        while len(known) >= MOST:
            known.pop(next(iter(known)))
        known[key] = made
    return made


def _marked(make: Callable[[], T], shelf: Shelf) -> T:
    made = make()
    if isinstance(made, pd.DataFrame):
        # pandas hands the mark on to what is taken from them, and drops it where other rows are added
        made.attrs[ASKED_OF] = shelf.number
    return made


def rests_on(given: Iterable[Any]) -> Shelf | None:
    """The shelf of the workspace that these are rows of, if they are of one alone, beside plain words and numbers."""
    items = list(given)
    marks = {item.attrs.get(ASKED_OF) for item in items if isinstance(item, ROWS)}
    is_plain = all(isinstance(item, (*ROWS, *PLAIN)) for item in items)
    return numbered(marks.pop() or 0) if is_plain and len(marks) == 1 else None


def forget() -> None:
    """Keep nothing of what was: the workspace has changed."""
    # a new dictionary: a run that was overtaken keeps what it still finds in the old one
    st.session_state[KEPT] = {}
