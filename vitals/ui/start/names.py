"""Names that may mean one client or technician: side by side with their evidence, merged only on the user's word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from vitals import formats
from vitals.ui.page import failure, session
from vitals.ui.page.safe import md
from vitals.ui.words import loads
from vitals.workspace import choices

MOST_AT_ONCE = 8
WHY_OWN = "They have hours and no invoice. Work for yourselves is internal: it costs no client anything."
LISTS = {"client": "clients", "technician": "technicians"}
"""The kind of name -> the entity whose file lists such names."""


def _where(kind: str, name_key: str) -> str:
    """In which rows of which files a name stands."""
    uses = session.run("metrics.name_uses")
    own = uses[(uses["kind"] == kind) & (uses["name_key"] == name_key)]
    return "; ".join(f"{loads.rows_of(row.entity, row.rows)} ({row.files})" for row in own.itertuples())


def _sums(hours: Any, revenue: Any, first: Any, last: Any) -> str:
    """What stands under a name, and in which months."""
    facts = [formats.hours(hours)] if not formats.is_missing(hours) else []
    facts += [formats.money(revenue)] if not formats.is_missing(revenue) else []
    facts += [f"{formats.month(first)} to {formats.month(last)}"] if not formats.is_missing(first) else []
    return ", ".join(facts)


def _side(kind: str, name_key: str, name: str, sums: str, is_listed: bool) -> None:
    """One name with what stands under it."""
    st.markdown("**" + md(name) + "**")
    listed = f"{'In' if is_listed else 'Not in'} the {LISTS[kind]} file" if LISTS[kind] in session.held() else ""
    for said in (_where(kind, name_key), sums, listed):
        if said:
            st.caption(md(said))


def _both(row: Any) -> None:
    one, other = st.columns(2)
    with one:
        sums = _sums(row.hours, row.revenue, row.active_from, row.active_to)
        _side(row.kind, row.name_key, row.name, sums, row.is_listed)
    with other:
        sums = _sums(row.other_hours, row.other_revenue, row.other_from, row.other_to)
        _side(row.kind, row.other_key, row.other_name, sums, row.other_listed)


def _merge(kind: str, gone: str, kept: str, name: str, key: str) -> None:
    args = (choices.merge_names, kind, gone, kept)
    st.button(md(f"Count both as {name}"), key=key, on_click=failure.guarded(session.decide), args=args)


def _offer(row: Any, place: int) -> None:
    with st.container(border=True):
        _both(row)
        st.caption(md(f"{row.likeness[:1].upper()}{row.likeness[1:]}."))
        with st.container(horizontal=True):
            _merge(row.kind, row.other_key, row.name_key, row.name, f"one_{place}")
            _merge(row.kind, row.name_key, row.other_key, row.other_name, f"other_{place}")
            apart = (choices.keep_apart, row.kind, row.name_key, row.other_key)
            st.button("Two different", key=f"two_{place}", on_click=failure.guarded(session.decide), args=apart)


def ended(name: str) -> str:
    """A name at the end of a sentence; one that ends in a full stop, such as Inc., needs no other."""
    return name if name.rstrip().endswith(".") else f"{name}."


def _decided() -> None:
    """What was said so far, each with the way back."""
    for place, row in enumerate(session.run("metrics.merged_names").itertuples()):
        merged, two = f"{row.name} counts as {ended(row.target)}", f"{row.name} and {row.target} are two."
        said = merged if row.is_merged else two
        parted = (choices.part_names, row.kind, row.name_key)
        asked = (choices.offer_again, row.kind, row.name_key, row.target_key)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(md(said), width="stretch")
            word, args = ("Take apart", parted) if row.is_merged else ("Ask again", asked)
            st.button(word, key=f"back_{place}", type="tertiary", on_click=failure.guarded(session.decide), args=args)


def same_names() -> None:
    """The proposals that nobody has decided, and what somebody has."""
    rows = session.run("metrics.name_proposals")
    if len(rows):
        st.subheader("Are these the same?", anchor=False)
        for place, row in enumerate(rows.head(MOST_AT_ONCE).itertuples()):
            _offer(row, place)
        if len(rows) > MOST_AT_ONCE:
            st.caption(md(f"{formats.plural(len(rows) - MOST_AT_ONCE, 'more pair')} after these."))
    _decided()


def _own_line(said: str, word: str, key: str, change: Callable[..., None], client_key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(md(said), width="stretch")
        st.button(word, key=key, type="tertiary", on_click=failure.guarded(session.decide), args=(change, client_key))


def own_company() -> None:
    """Clients that may be the MSP itself, and the names that were called so."""
    rows = session.run("checks.clients_never_billed")
    asked = session.run("metrics.name_proposals")
    # who may be another client by another spelling is asked that first
    rows = rows[~rows["client_key"].isin([*asked["name_key"], *asked["other_key"]]) & ~rows["is_served"].astype(bool)]
    if len(rows):
        st.subheader("Is one of these you?", anchor=False)
        st.caption(WHY_OWN)
    for place, row in enumerate(rows.head(MOST_AT_ONCE).itertuples()):
        said = f"{row.client}: {formats.hours(row.hours)}"
        _own_line(said, "This is us", f"own_{place}", choices.call_own, row.client_key)
    if len(rows) > MOST_AT_ONCE:
        st.caption(md(f"{formats.plural(len(rows) - MOST_AT_ONCE, 'more client')} after these."))
    for place, row in enumerate(session.run("metrics.own_names").itertuples()):
        said = f"{row.client} is your own company: its hours are internal."
        _own_line(said, "Take back", f"not_own_{place}", choices.call_client, row.client_key)
