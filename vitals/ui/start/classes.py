"""The question about billing items: which class of revenue each is, and over how many months it is earned."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.ui.page import contents, failure, session, tables
from vitals.ui.page.safe import md, plain
from vitals.ui.words import loads
from vitals.workspace import choices

WORDS = {
    "managed": "Managed services",
    "other_recurring": "Other recurring",
    "project": "Project",
    "tm": "Time and material",
    "product": "Product",
}
NAMES = {word: name for name, word in WORDS.items()}
NOT_SAID = "–"
CHANGED = ("Class", "Months")


def _rows(items: pd.DataFrame) -> pd.DataFrame:
    """One row for each item as it counts now: confirming it untouched changes no number."""
    return pd.DataFrame({
        "item_key": items["item_key"],
        "Item": [plain(item) for item in items["item"]],
        "Largest line": [_sample(row) for row in items.itertuples()],
        "Lines": items["lines"],
        "Amount": [formats.money(amount) for amount in items["amount"]],
        "Class": [WORDS.get(name, NOT_SAID) for name in items["revenue_class"]],
        "Months": items["service_months"].astype("Int64"),
        "Why": [formats.words(basis) for basis in items["basis"]],
    })  # fmt: skip


def _sample(item: Any) -> str:
    """The largest line of an item in words, by which it is known again."""
    if formats.is_missing(item.sample_client):
        return ""
    return f"{plain(item.sample_client)}, {formats.day(item.sample_on)}: {formats.money(item.sample_amount)}"


def _edited(rows: pd.DataFrame) -> pd.DataFrame:
    looks = {
        "Item": "Item",
        "Largest line": "Largest line",
        "Lines": "Lines",
        "Amount": st.column_config.TextColumn("Amount", alignment="right"),
        "Class": st.column_config.SelectboxColumn("Class", options=[*NAMES, NOT_SAID], required=True),
        "Months": st.column_config.NumberColumn("Months it pays for", min_value=1, max_value=120, step=1),
        "Why": "Why",
    }
    alt = "Billing items with the class of revenue that each is taken for"
    return tables.edited(rows, looks, [name for name in looks if name not in CHANGED], alt, "item_classes")


def _confirm(edited: pd.DataFrame) -> None:
    said = [
        choices.ItemClass(row.item_key, NAMES[row.Class], None if pd.isna(row.Months) else int(row.Months))
        for row in edited.itertuples()
        if row.Class in NAMES
    ]
    with session.writing() as cursor:
        choices.set_item_classes(cursor, said)


def _forget() -> None:
    with session.writing() as cursor:
        choices.forget_item_classes(cursor)


def _confirmed(count: int) -> None:
    """What was confirmed so far, and the way back to the suggestions."""
    if not count:
        return
    verb = "is" if count == 1 else "are"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(md(f"The classes of {formats.plural(count, 'item')} {verb} confirmed."), width="stretch")
        st.button("Take them back", key="forget_classes", type="tertiary", on_click=failure.guarded(_forget))


def to_confirm() -> None:
    """The items whose class nobody has confirmed, in one table to be confirmed once."""
    if contents.missing([contents.INVOICES]):
        return
    items = session.run("metrics.item_classes")
    open_items = items[~items["is_confirmed"].astype(bool)]
    _confirmed(len(items) - len(open_items))
    if open_items.empty:
        return
    st.subheader("What kind of revenue is each item?", anchor=False)
    st.caption(md(loads.classes(len(open_items), int(open_items["suggested_class"].isna().sum()))))
    if said := loads.credited(open_items["credited"].sum()):
        st.caption(md(said))
    edited = _edited(_rows(open_items.reset_index(drop=True)))
    st.button("Confirm these classes", key="confirm_classes", on_click=failure.guarded(_confirm), args=(edited,))
