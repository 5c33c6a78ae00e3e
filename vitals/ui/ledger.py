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
    """What a check found, with the rows one click away."""
    purpose = catalogue()[name].purpose.removesuffix(".")
    with st.expander(md(f"{purpose}: {formats.plural(len(rows), 'row')}")):
        captions = {column: column.replace("_", " ").capitalize() for column in rows.columns}
        st.dataframe(
            rows.head(FIRST_ROWS).rename(columns=captions),
            hide_index=True,
            placeholder=formats.MISSING,
            alt="Rows that the check found",
        )


def checks() -> None:
    """What each check of the catalogue found; those that found nothing in one list."""
    names = sorted(name for name in catalogue() if name.startswith("checks.") and not catalogue()[name].params)
    found = {name: session.run(name) for name in names}
    failing = {name: rows for name, rows in found.items() if len(rows)}
    said = f"{formats.plural(len(names), 'check')} looked for trouble; {formats.count(len(failing))} found something."
    st.caption(md(said))
    for name, rows in failing.items():
        _offenders(name, rows)
    with st.expander(md(f"Nothing found: {formats.plural(len(names) - len(failing), 'check')}")):
        for name in names:
            if name not in failing:
                st.caption(md(catalogue()[name].purpose))
