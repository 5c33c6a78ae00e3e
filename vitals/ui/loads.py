"""The loads of the workspace: what each brought, and the way to take one back."""

from __future__ import annotations

import streamlit as st

from vitals import workspace
from vitals.ui import columns_health, intake, session, tables
from vitals.ui.safe import md

DONE = "vitals_undone"


def _undo(load_id: int) -> None:
    with session.writing() as cursor:
        st.session_state[DONE] = workspace.undo(cursor, load_id)
    intake.taken_back(load_id)


def draw() -> None:
    """A table of loads; the chosen one can be taken back."""
    said = st.session_state.pop(DONE, "")
    if said:
        st.caption(md(said))
    found = session.run("metrics.load_balances")
    live = found[found["undone_at"].isna()].reset_index(drop=True)
    if live.empty:
        return
    with st.expander("Loads of this workspace"):
        st.caption("Choose a load to take it back. What it had replaced counts again.")
        row = tables.choose(live, columns_health.BALANCES, alt="Loads; choose one to take it back", key="loads")
        if row is not None:
            load = int(live.iloc[row]["load_id"])
            st.button(md(f"Take back {live.iloc[row]['file_name']}"), on_click=_undo, args=(load,), key="undo_load")
