"""The page of how it works: every number of the catalogue, with its words, its query and its comparison."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from vitals import catalogue
from vitals.catalogue import Number
from vitals.queries import all_queries
from vitals.ui.page.safe import md


def _number(item: Number) -> None:
    with st.container(gap="xxsmall"):
        st.markdown(f"**{md(item.label)}**")
        st.markdown(md(f"{item.formula}."))
        if item.leaves_out:
            st.caption(md(f"Leaves out: {item.leaves_out}."))
        if item.benchmark:
            basis = f" Basis: {item.benchmark.basis}." if item.benchmark.basis else ""
            said = item.benchmark.said
            compared = said if said.startswith("Compare ") else f"Compared with: {said}"
            st.caption(md(f"{compared}. Source: {item.benchmark.source}.{basis}"))


def _query(name: str, numbers: list[Number]) -> None:
    found = all_queries().get(name)
    st.space("small")
    st.header(md(found.purpose.removesuffix(".") if found else name), anchor=False)
    for item in numbers:
        _number(item)
    if found:
        with st.expander("The SQL as written"):
            st.code(found.sql, language="sql", wrap_lines=False, height=400)


def numbers() -> None:
    """The catalogue, query by query in its own order."""
    for name, numbers in groupby(catalogue.numbers().values(), key=lambda item: item.query):
        _query(name, list(numbers))
