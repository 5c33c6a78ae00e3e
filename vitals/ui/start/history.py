"""The loads of the workspace: what each brought, and the way to take one back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from vitals import formats, workspace
from vitals.ui.page import columns, failure, session, tables
from vitals.ui.page.safe import md
from vitals.ui.start import queue

DONE = "vitals_undone"
IN_USE = "in_use"
STATES = {IN_USE: "In use", "nothing_new": "Nothing new", "taken_back": "Taken back"}


def undo(load_id: int) -> None:
    with session.writing() as cursor:
        st.session_state[DONE] = workspace.undo(cursor, load_id)
    queue.taken_back(load_id)


def _way_back(load: pd.Series) -> None:
    if load["state"] == IN_USE:
        args = (int(load["load_id"]),)
        st.button(md(f"Take back {load['file_name']}"), on_click=failure.guarded(undo), args=args, key="undo_load")
    elif load["state"] == "nothing_new":
        st.caption(md(f"{load['file_name']} brought nothing that was not loaded before: nothing is to be taken back."))
    else:
        st.caption(md(f"{load['file_name']} was taken back; drop the file again to load it again."))


def _that_can_go(in_use: int, loads: int) -> str:
    """How many of the loads can be taken back."""
    if loads == 1:
        return "which can be taken back" if in_use else "which can't be taken back any more"
    return f"{formats.count(in_use) if in_use else 'none'} of which can be taken back"


def of_loads() -> None:
    """The history of loads, those in use first and then the latest; the chosen one can be taken back."""
    said = st.session_state.pop(DONE, "")
    if said:
        st.caption(md(said))
    found = session.run("metrics.load_balances")
    if found.empty:
        return
    found = found.sort_values("load_id", ascending=False)
    found = found.sort_values("state", kind="stable", key=lambda state: state != IN_USE)
    found = found.reset_index(drop=True)
    in_use = int((found["state"] == IN_USE).sum())
    with st.expander(md(f"History: {formats.plural(len(found), 'load')}, {_that_can_go(in_use, len(found))}")):
        st.caption("Choose a load in use to take it back. What it had replaced counts again.")
        shown = found.assign(state=found["state"].map(STATES))
        row = tables.choose(shown, columns.HISTORY, alt="Loads; choose one to take it back", key="loads")
        if row is not None:
            _way_back(found.iloc[row])
