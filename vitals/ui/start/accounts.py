"""The account of a loaded table: how it was recognised, both sides of its sums, its oddities and its mapping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from vitals import formats
from vitals.ui.page import contents, session
from vitals.ui.page.safe import md
from vitals.ui.start import history, intake, mapping
from vitals.ui.words import loads

Report = Mapping[str, Any]


def _row(load_id: int) -> dict[str, Any]:
    accounts = session.run("metrics.load_accounts")
    found = accounts[accounts["load_id"] == load_id].to_dict("records")
    return dict(found[0]) if found else {}


def _flags(report: Report) -> str:
    """What looks odd in the table but counts, in words."""
    found: Mapping[str, int] = report.get("flags") or {}
    if not found:
        return ""
    words = session.run("metrics.flag_words").set_index("flag")["label"]
    said = [f"{str(words.get(name, name)).lower()} ({formats.count(rows)})" for name, rows in found.items()]
    return f"Odd, but counted: {', '.join(said)}."


def to_the_choice() -> None:
    """Lead to where one of several versions of a row is chosen."""
    _to_data_health("Choose which version of a row is right")


def _to_data_health(label: str) -> None:
    st.page_link(
        contents.path("data_health"),
        label=label,
        icon=":material/arrow_forward:",
        icon_position="right",
    )


def draw(report: dict[str, Any]) -> None:
    """Everything that is known of one loaded table, the mapping to be changed while its file is still here."""
    account = _row(report["load_id"])
    for said in (loads.recognised(report, account), *loads.both_sides(report), _flags(report)):
        if said:
            st.markdown(md(said))
    if intake.kept(report["file"]):
        mapping.draw(report)
    else:
        st.caption("Drop the file again to change which of its columns is what.")
    load = report["load_id"]
    st.button("Take this load back", key=f"take_back_{load}", type="tertiary", on_click=history.undo, args=(load,))
    if report["rows_quarantined"] or report["rows_set_aside"] or report.get("flags"):
        _to_data_health("The rows that were left out or look odd")
