"""The data-health page's parts: why rows were left out, and the checks with the rows that fail them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.queries import catalogue
from vitals.ui import session
from vitals.ui.safe import md

FIRST_ROWS = 200


def reasons(left_out: pd.DataFrame) -> pd.DataFrame:
    """How many rows each reason took, with what became of them."""
    return left_out.groupby(["reason", "fate"], as_index=False, dropna=False).agg(rows=("row_number", "size"))


def _offenders(name: str, rows: pd.DataFrame) -> None:
    """A failed check: its sentence, and the rows that break it one click away."""
    with st.expander(md(f"Fails: {catalogue()[name].purpose} ({formats.plural(len(rows), 'row')})")):
        captions = {column: column.replace("_", " ").capitalize() for column in rows.columns}
        st.dataframe(
            rows.head(FIRST_ROWS).rename(columns=captions),
            hide_index=True,
            placeholder=formats.MISSING,
            alt="Rows that break the check",
        )


def checks() -> None:
    """Every check of the catalogue: those that hold in one line, the others with their rows."""
    names = sorted(name for name in catalogue() if name.startswith("checks.") and not catalogue()[name].params)
    found = {name: session.run(name) for name in names}
    failing = {name: rows for name, rows in found.items() if len(rows)}
    for name, rows in failing.items():
        _offenders(name, rows)
    if not names:
        st.caption("There are no checks yet.")
        return
    holding = [catalogue()[name].purpose for name in names if name not in failing]
    st.caption(md(f"{formats.count(len(holding))} of {formats.plural(len(names), 'check')} hold."))
    for purpose in holding:
        st.markdown(md(f"Holds: {purpose}"))
