"""The parts of the technician page: the technician chosen, the clients worked for, and who has room."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.ui.page import columns, contents, frame, session
from vitals.ui.page.filters import Period
from vitals.ui.words import people


def chosen(everyone: pd.DataFrame) -> dict[str, Any]:
    """The row of the technician in the address; whoever is furthest over the band, or nearest, while none is named."""
    if everyone.empty:
        frame.headline("No technician has hours in these months.")
        st.stop()
    ranked = everyone.sort_values(["hours_over_band", "utilisation_net"], ascending=False, kind="stable")
    name = frame.choose_one(contents.TECHNICIAN, list(ranked["technician"]))
    return formats.rows(everyone[everyone["technician"] == name])[0]


def gaps(technician: dict[str, Any], period: Period) -> list[dict[str, Any]]:
    """The months in which the technician's hours are probably missing."""
    rows = session.run("metrics.technician_gaps", **period.months)
    own = rows[rows["technician_key"] == technician["technician_key"]]
    return formats.rows(own)


def clients(technician: dict[str, Any], period: Period) -> None:
    """For whom the technician worked; nothing if for nobody."""
    rows = session.run("metrics.technician_clients", technician_key=technician["technician_key"], **period.months)
    if len(rows):
        frame.section("Whose work it is")
        frame.rows_leading_to_client(rows, columns.TECHNICIAN_CLIENTS, key="technician_clients")


def room(technician: dict[str, Any], everyone: pd.DataFrame) -> None:
    """Who of the others could take on client hours, the most first; nothing if there is nobody else."""
    others = everyone[everyone["technician_key"] != technician["technician_key"]].reset_index(drop=True)
    if len(others):
        frame.section("Who has room")
        frame.note(people.room(technician["technician"], formats.rows(everyone)))
        free = others[others["no_room"].isna()].reset_index(drop=True)
        frame.rows_leading_to_technician(free, columns.ROOM, key="room")
