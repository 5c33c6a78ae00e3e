"""Clients' own prices: a seat price and an outcome fee for each, edited in one small table and felt at once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from vitals import currency, formats
from vitals.ui.page import session
from vitals.ui.page.safe import md, plain
from vitals.workspace import choices

EDITOR = "client_terms"
SEAT, FEE = "seat_price", "outcome_fee"
CAPTIONS = (("Seat price", "user and month"), ("Outcome fee", "month"))


def _price(value: Any) -> Decimal | None:
    return None if formats.is_missing(value) else Decimal(str(value))


def changes(
    rows: pd.DataFrame, edited: Mapping[int, Mapping[str, Any]]
) -> list[tuple[str, Decimal | None, Decimal | None]]:
    """Client, seat price and outcome fee of each row that was edited."""
    found = []
    for place, cells in edited.items():
        row = rows.iloc[int(place)]
        said = {name: cells.get(name, row[name]) for name in (SEAT, FEE)}
        found.append((str(row["client_key"]), _price(said[SEAT]), _price(said[FEE])))
    return found


def _keep(rows: pd.DataFrame) -> None:
    with session.writing() as cursor:
        for client_key, seat_price, outcome_fee in changes(rows, st.session_state[EDITOR]["edited_rows"]):
            choices.set_client_terms(cursor, client_key, seat_price, outcome_fee)


def _editor(rows: pd.DataFrame) -> None:
    shown = rows.assign(client=[plain(name) for name in rows["client"]])
    seat, fee = (f"{currency.captioned(label)} a {unit}" for label, unit in CAPTIONS)
    prices = {
        SEAT: st.column_config.NumberColumn(seat, min_value=0, format="%.2f"),
        FEE: st.column_config.NumberColumn(fee, min_value=0, format="%.2f"),
    }
    st.data_editor(
        shown,
        hide_index=True,
        column_order=["client", "users", SEAT, FEE],
        disabled=["client", "users"],
        column_config={"client": "Client", "users": "Users", **prices},
        key=EDITOR,
        on_change=_keep,
        args=(rows,),
        placeholder=formats.MISSING,
        alt="Clients with the seat price and the outcome fee that were set for them; both can be changed",
    )


def draw(client_keys: list[str]) -> None:
    """The prices of these clients, behind a button that says how many are set."""
    rows = session.run("metrics.client_terms")
    rows = rows[rows["client_key"].isin(client_keys)].reset_index(drop=True)
    own = int((rows[SEAT].notna() | rows[FEE].notna()).sum()) if len(rows) else 0
    label = f"Clients' own prices: {formats.count(own)} set" if own else "Set a client's own prices"
    with st.popover(md(label), width="stretch"):
        st.caption("An empty seat price is the general one; an empty outcome fee follows from cost and target margin.")
        _editor(rows)
