"""Names that may mean one client or technician: offered with their evidence, merged only on the user's word."""

from __future__ import annotations

from typing import Any

import streamlit as st

from vitals import decisions, formats
from vitals.ui import session
from vitals.ui.safe import md

MOST_AT_ONCE = 8


def _side(name: Any, hours: Any, revenue: Any, listed: Any) -> str:
    """One name with what stands under it."""
    facts = [formats.hours(hours)] if not formats.is_missing(hours) else []
    facts += [formats.money(revenue)] if not formats.is_missing(revenue) else []
    facts += ["in the list"] if listed else ["not in the list"]
    return f"{name} ({', '.join(facts)})"


def _merge(kind: str, name_key: str, target_key: str) -> None:
    with session.writing() as cursor:
        decisions.merge_names(cursor, kind, name_key, target_key)


def _keep_apart(kind: str, name_key: str, other_key: str) -> None:
    with session.writing() as cursor:
        decisions.keep_apart(cursor, kind, name_key, other_key)


def _part(kind: str, name_key: str) -> None:
    with session.writing() as cursor:
        decisions.part_names(cursor, kind, name_key)


def _offer(row: Any, place: int) -> None:
    one = _side(row.name, row.hours, row.revenue, row.is_listed)
    other = _side(row.other_name, row.other_hours, row.other_revenue, row.other_listed)
    st.markdown(md(f"{one} and {other}: {row.likeness}."))
    kept, gone = (
        (row.name_key, row.other_key) if row.is_listed or not row.other_listed else (row.other_key, row.name_key)
    )
    said = row.name if kept == row.name_key else row.other_name
    with st.container(horizontal=True):
        st.button(
            md(f"The same: count both as {said}"), key=f"same_{place}", on_click=_merge, args=(row.kind, gone, kept)
        )
        st.button(
            "Two different", key=f"two_{place}", on_click=_keep_apart, args=(row.kind, row.name_key, row.other_key)
        )


def _merged() -> None:
    """The merges so far, each with the way back."""
    rows = session.run("metrics.merged_names")
    for place, row in enumerate(rows.itertuples()):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(md(f"{row.name_key} counts as {row.target_key}."), width="stretch")
            st.button("Take apart", key=f"part_{place}", type="tertiary", on_click=_part, args=(row.kind, row.name_key))


def draw() -> None:
    """The proposals that nobody has decided, and the merges that somebody has."""
    rows = session.run("metrics.name_proposals")
    if len(rows):
        st.subheader("Are these the same?", anchor=False)
        for place, row in enumerate(rows.head(MOST_AT_ONCE).itertuples()):
            _offer(row, place)
    _merged()
