"""The parts of the diagnosis: the signals and the components, with the rows behind each one click away."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.catalogue import numbers
from vitals.ui.page import columns, frame, session, tables
from vitals.ui.page.filters import Period
from vitals.ui.page.safe import md
from vitals.ui.words.signals import BEHIND, STATES, limit

ROWS = {
    "margin_falls_while_revenue_grows": columns.SIGNAL_MONTHS,
    "new_clients_add_complexity": columns.NEW_CLIENTS,
    "seniors_do_account_work": columns.SENIORS,
    "scope_creep_recurs": columns.SCOPE_CREEP,
    "cannot_run_without_the_owner": columns.ESCALATIONS,
}
"""Signal -> the table of the rows behind it."""
SCORED = tuple(name for name in numbers() if name.startswith("scored_"))
"""The numbers that the components are judged by."""


def signals(rows: pd.DataFrame, period: Period) -> None:
    """The five, in their order."""
    for row in formats.rows(rows):
        with st.container(border=True, gap="small"):
            _signal({str(name): cell for name, cell in row.items()}, period)


def _signal(row: dict[str, Any], period: Period) -> None:
    state, colour = STATES[row["state"]]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(state, color=colour)  # type: ignore[arg-type]
        st.markdown(f"**{md(row['question'])}**")
    if row["state"] == "not_testable":
        st.markdown(md(f"Missing: {row['needs']}."))
        return
    st.markdown(md(row["evidence"]))
    frame.note(limit(row))
    _behind(row["signal"], period)


def _behind(signal: str, period: Period) -> None:
    """The rows behind a signal, asked once they are opened."""
    box = st.expander(BEHIND[signal], key=f"behind_{signal}", on_change="rerun")
    if not box.open:
        return
    shown = ROWS[signal]
    found = session.run(shown.query, as_of=period.as_of)
    with box:
        if found.empty:
            frame.note("There is none.")
        elif signal == "new_clients_add_complexity":
            frame.rows_leading_to_client(found, shown, key=signal)
        elif signal == "seniors_do_account_work":
            frame.rows_leading_to_technician(found, shown, key=signal)
        else:
            tables.show(found, shown, alt=BEHIND[signal], key=signal)


def parts(period: Period) -> None:
    """What each component is judged by, asked once it is opened."""
    box = st.expander("What each component is judged by", key="component_parts", on_change="rerun")
    if box.open:
        with box:
            found = session.run("metrics.component_parts", as_of=period.as_of)
            tables.show(found, columns.COMPONENT_PARTS, alt="The parts of the components", key="parts")
