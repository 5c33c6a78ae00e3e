"""The one place where a failure becomes a sentence on the screen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import duckdb
import streamlit as st

from vitals.errors import VitalsError, logged, places_of
from vitals.ui.page import session
from vitals.ui.page.safe import md

DEVELOPMENT = "VITALS_DEVELOPMENT"
KEPT = "vitals_failure"


def show(error: VitalsError) -> None:
    """What happened and what to do about it."""
    st.error(md(error.message))
    if error.hint:
        st.caption(md(error.hint))


def defect(error: Exception) -> VitalsError:
    """A programming error in words: the server's log gets the places that led to it, the user a reference to them."""
    said = f"Reference {logged(places_of(error))}. Whoever runs the server finds the cause under it in the log."
    return VitalsError("Something in this page failed; your data is unchanged.", said)


@contextmanager
def shown() -> Iterator[None]:
    """Show whatever fails inside; with VITALS_DEVELOPMENT set, programming errors crash as they should."""
    try:
        yield
    except VitalsError as error:
        show(error)
    except duckdb.InterruptException:
        st.stop()
    except Exception as error:
        if os.environ.get(DEVELOPMENT):
            raise
        show(defect(error))


def fragment(draw: Callable[..., None]) -> Callable[..., None]:
    """A Streamlit fragment that fails, and writes amounts, like a page: its reruns don't pass through app.py."""

    @wraps(draw)
    def guarded(*args: Any, **kwargs: Any) -> None:
        with shown(), session.amounts():
            show_kept()
            draw(*args, **kwargs)

    return st.fragment(guarded)


def guarded(react: Callable[..., None]) -> Callable[..., None]:
    """A reaction to a widget whose failure the page shows; the framework would show a box in place of the page."""

    @wraps(react)
    def reaction(*args: Any, **kwargs: Any) -> None:
        try:
            react(*args, **kwargs)
        except VitalsError as error:
            st.session_state[KEPT] = error
        except duckdb.InterruptException:
            st.stop()
        except Exception as error:
            st.session_state[KEPT] = defect(error)

    return reaction


def show_kept() -> None:
    """What failed before the page was drawn, once: what is written then, the page would write over."""
    if KEPT in st.session_state:
        show(st.session_state.pop(KEPT))
