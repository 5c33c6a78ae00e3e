"""The one place where a failure becomes a sentence on the screen."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import duckdb
import streamlit as st

from vitals.errors import VitalsError
from vitals.ui.page import session
from vitals.ui.page.safe import md

LOG = logging.getLogger("vitals.ui")
DEVELOPMENT = "VITALS_DEVELOPMENT"


def show(error: VitalsError) -> None:
    """What happened and what to do about it."""
    st.error(md(error.message))
    if error.hint:
        st.caption(md(error.hint))


def show_defect(error: Exception) -> None:
    """A programming error: the server's log gets all of it, the user one sentence and a reference to it."""
    reference = secrets.token_hex(4)
    LOG.error("Reference %s", reference, exc_info=error)
    st.error("Something in this page failed; your data is unchanged.")
    st.caption(md(f"Reference {reference}. Whoever runs the server finds the cause under it in the log."))


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
        show_defect(error)


def fragment(draw: Callable[..., None]) -> Callable[..., None]:
    """A Streamlit fragment that fails, and writes amounts, like a page: its reruns don't pass through app.py."""

    @wraps(draw)
    def guarded(*args: Any, **kwargs: Any) -> None:
        with shown(), session.amounts():
            draw(*args, **kwargs)

    return st.fragment(guarded)
