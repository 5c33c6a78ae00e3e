"""The loads of the workspace: what each brought, and the way to take one back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from vitals import formats, workspace
from vitals.ui import columns_health, intake, session, tables
from vitals.ui.safe import md

DONE = "vitals_undone"


def undo(load_id: int) -> None:
    with session.writing() as cursor:
        st.session_state[DONE] = workspace.undo(cursor, load_id)
    intake.taken_back(load_id)


def _way_back(load: pd.Series) -> None:
    if formats.is_missing(load["undone_at"]):
        said = md(f"Take back {load['file_name']}")
        st.button(said, on_click=undo, args=(int(load["load_id"]),), key="undo_load")
    else:
        st.caption(md(f"{load['file_name']} was taken back; drop the file again to load it again."))


def draw() -> None:
    """The history of loads, those in use first and then the latest; the chosen one can be taken back."""
    said = st.session_state.pop(DONE, "")
    if said:
        st.caption(md(said))
    found = session.run("metrics.load_balances")
    if found.empty:
        return
    found = found.sort_values("load_id", ascending=False)
    found = found.sort_values("undone_at", na_position="first", kind="stable", key=lambda moment: moment.notna())
    found = found.reset_index(drop=True)
    with st.expander(md(f"History: {formats.plural(len(found), 'load')}, each of which can be taken back")):
        st.caption("Choose a load to take it back. What it had replaced counts again.")
        row = tables.choose(found, columns_health.HISTORY, alt="Loads; choose one to take it back", key="loads")
        if row is not None:
            _way_back(found.iloc[row])
