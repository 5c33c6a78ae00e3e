"""The parts of the page of proposals: the client they are about, and what each comes to."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from vitals.ui.page import frame, memory, record, session
from vitals.ui.page.filters import Period
from vitals.workspace import scenarios

CLIENT, CHOSEN = "proposed_to", "proposals"
MOST = 3
BASE = {"name": scenarios.AS_ASSUMED, "model": "outcome"}


def client(period: Period) -> str | None:
    """The client that the proposals are about, or none for the whole book."""
    _, key = frame.choose_client(session.run("metrics.outcome_price", **period.months), CLIENT)
    return key


def compared(period: Period, client_key: str | None) -> pd.DataFrame:
    """What the proposals chosen come to, beside an outcome price as things stand: a row for each."""
    known = {row["name"]: row for row in session.register("scenarios")}
    names = st.multiselect(
        "Proposals", list(known), list(known)[:MOST], max_selections=MOST, key=CHOSEN, bind="query-params"
    )
    for name in (scenarios.FIGURES, scenarios.TERMS):
        record.asked(name)
    asked = {**period.months, "client_key": client_key}

    def make() -> pd.DataFrame:
        rows = [BASE, *(known[name] for name in names)]
        return pd.DataFrame([session.supposing(scenarios.figures, row, **asked) for row in rows])

    # what is kept of a proposal ends with any change of the workspace, its own values included
    found: pd.DataFrame = memory.once(("scenarios", *names, *sorted(asked.items(), key=str)), make)
    return found.copy(deep=False)
