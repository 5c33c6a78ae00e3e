"""How is this made, and what does it leave out: the way from a number on screen to its words, SQL and rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from vitals import formats
from vitals.assumptions import Assumption, assumptions
from vitals.metrics import Metric, metric
from vitals.queries import Query, query
from vitals.ui import columns, contents, session, tables
from vitals.ui.safe import md

ASSUMPTION_FORMS = {"hours": "number", "days": "days", "count": "number"}


def assumption_text(item: Assumption, value: Any) -> str:
    """An assumption's value in its unit."""
    form = ASSUMPTION_FORMS.get(item.kind, item.kind)
    return formats.written(value, "money_exact" if form == "money" and value and value % 1 else form)


def _formula(item: Metric) -> None:
    with st.container(gap="xxsmall"):
        st.subheader(md(item.label), anchor=False)
        st.markdown(md(f"{item.formula}."))
        if item.leaves_out:
            st.caption(md(f"Leaves out: {item.leaves_out}."))
        if item.benchmark:
            basis = f" Cost basis: {item.benchmark.basis}." if item.benchmark.basis else ""
            st.caption(md(f"Benchmark: {item.benchmark.text}. Source: {item.benchmark.source}.{basis}"))


def _assumed(names: Iterable[str]) -> None:
    values = session.one("metrics.assumptions")
    lines = [f"{assumptions()[name].label}: {assumption_text(assumptions()[name], values.get(name))}" for name in names]
    if lines:
        st.subheader("Assumptions that bear on it", anchor=False)
        for line in lines:
            st.markdown(md(line))
        st.page_link(
            contents.path("assumptions"),
            label="Change an assumption",
            icon=":material/arrow_forward:",
            icon_position="right",
        )


def _sql(item: Query) -> None:
    st.subheader(md(item.purpose), anchor=False)
    st.code(item.sql, language="sql", wrap_lines=False, height=320)


def how_made(metrics: Iterable[str], queries: Iterable[str], assumed: Iterable[str] = ()) -> None:
    """Formula in words, assumptions, and the SQL as written."""
    with st.expander("How is this made?"):
        for name in metrics:
            _formula(metric(name))
        _assumed(assumed)
        for name in queries:
            _sql(query(name))


def left_out_of(metrics: Iterable[str], reads: Iterable[str]) -> None:
    """What the page's numbers leave out: in words by number, and the rows of the files that they read."""
    said = {metric(name).label: metric(name).leaves_out for name in metrics}
    rows = session.run("metrics.left_out_rows")
    touched = rows[rows["entity"].isin(list(reads))] if "entity" in rows else rows
    with st.expander(md(f"What this leaves out: {formats.plural(len(touched), 'row')} of the files")):
        for label, words in said.items():
            if words:
                st.markdown(md(f"{label}: {words}."))
        if len(touched):
            tables.show(touched, columns.LEFT_OUT, alt="Rows that did not reach these numbers, with the reason")
        else:
            st.caption("Every row of the files behind this page was loaded.")
