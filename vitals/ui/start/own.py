"""The MSP's own name among its clients: hours under it are internal, once the user says so."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from vitals import formats
from vitals.ui.page import session
from vitals.ui.page.safe import md
from vitals.workspace import choices

MOST_AT_ONCE = 8
WHY = "They have hours and no invoice. Work for yourselves is internal: it costs no client anything."


def _line(said: str, word: str, key: str, change: Callable[..., None], client_key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(md(said), width="stretch")
        st.button(word, key=key, type="tertiary", on_click=session.decide, args=(change, client_key))


def draw() -> None:
    """Clients that may be the MSP itself, and the names that were called so."""
    rows = session.run("checks.clients_never_billed")
    if len(rows):
        st.subheader("Is one of these you?", anchor=False)
        st.caption(WHY)
    for place, row in enumerate(rows.head(MOST_AT_ONCE).itertuples()):
        said = f"{row.client}: {formats.hours(row.hours)}"
        _line(said, "This is us", f"own_{place}", choices.call_own, row.client_key)
    if len(rows) > MOST_AT_ONCE:
        st.caption(md(f"{formats.plural(len(rows) - MOST_AT_ONCE, 'more client')} after these."))
    for place, row in enumerate(session.run("metrics.own_names").itertuples()):
        said = f"{row.client} is your own company: its hours are internal."
        _line(said, "Take back", f"not_own_{place}", choices.call_client, row.client_key)
