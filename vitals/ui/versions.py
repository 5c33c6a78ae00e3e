"""Rows of one file that contradict each other, side by side, for the user to say which of them counts."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.ui.page import session
from vitals.ui.page.labels import written
from vitals.ui.page.safe import md
from vitals.workspace import choices

MOST_AT_ONCE = 12
NONE = "None"


def _row_word(number: int) -> str:
    return f"Row {formats.count(number)}"


def _choose(load_id: int, key: str, numbers: dict[str, int]) -> None:
    """Load the version that the radio says, or put the one that was chosen back."""
    said = st.session_state[key]
    with session.writing() as cursor:
        if said == NONE:
            choices.pick_version(cursor, load_id, next(iter(numbers.values())), is_picked=False)
        else:
            choices.pick_version(cursor, load_id, numbers[said])


def _versions(rows: pd.DataFrame) -> None:
    """One key with its versions, what each says where they differ, and which counts."""
    first = rows.iloc[0]
    numbers = {_row_word(number): int(number) for number in rows["row_number"]}
    picked = [word for word, is_picked in zip(numbers, rows["is_picked"], strict=True) if is_picked]
    key = f"version_{first['load_id']}_{first['row_number']}"
    st.session_state[key] = picked[0] if picked else NONE
    kind = str(first["entity"]).replace("_", " ")
    st.radio(
        written(f"{first['file_name']}, {kind} {first['row_key']}: which one is right?"),
        [*numbers, NONE],
        label_visibility="collapsed",
        captions=[*(md(says) for says in rows["says"]), "All stay out of the numbers"],
        key=key,
        horizontal=True,
        on_change=_choose,
        args=(int(first["load_id"]), key, numbers),
    )


def _open_rows(group: pd.DataFrame) -> int:
    """How many rows of a key wait for the choice."""
    return 0 if group["is_picked"].any() else len(group)


def draw() -> None:
    """Every key that has several versions in one file, those still open first."""
    rows = session.run("metrics.conflicting_rows")
    if rows.empty:
        return
    st.subheader("Which version is right?", anchor=False)
    groups = [group for _, group in rows.groupby(["load_id", "entity", "row_key"], sort=False)]
    groups.sort(key=lambda group: bool(group["is_picked"].any()))
    verb, open_rows = "comes" if len(groups) == 1 else "come", sum(map(_open_rows, groups))
    still = f"{formats.plural(open_rows, 'row')} of the files still wait" if open_rows else "none waits any more"
    said = f"{formats.plural(len(groups), 'record')} {verb} in versions that differ; {still}."
    st.caption(md(f"{said} The version that you choose counts from then on."))
    for group in groups[:MOST_AT_ONCE]:
        _versions(group)
