"""The client page's body: one client's margin by month, its hours, its reviews and its price under each model."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from vitals.ui import cards, charts, charts_margin, columns, contents, explain, frame, sentences, session, tables
from vitals.ui.filters import Period


def _picked(clients: pd.DataFrame) -> pd.Series:
    """The row of the client in the address; the worst while none is named."""
    chosen = st.selectbox("Client", list(clients["client"]), key=contents.CLIENT, bind="query-params")
    return clients[clients["client"] == chosen].iloc[0]


def _of(frame_: pd.DataFrame, client_key: str) -> pd.DataFrame:
    return frame_[frame_["client_key"] == client_key]


def _review(period: Period, client_key: str) -> None:
    if "reviews" in session.held():
        rows = _of(session.run("metrics.qbr_status", as_of=period.as_of), client_key)
        for row in rows.to_dict("records"):
            frame.note(sentences.one_review(row))


def _person(period: Period, client_key: str) -> None:
    if not session.knows("metrics.key_person"):
        return
    for row in _of(session.run("metrics.key_person", **period.months), client_key).to_dict("records"):
        frame.note(sentences.one_person(row))


def draw(period: Period) -> None:
    """The chosen client, worst first in the list."""
    clients = session.run("metrics.client_margin", **period.months).sort_values("gross_margin")
    if clients.empty:
        frame.answer("No client has revenue or cost in these months.")
        return
    row = _picked(clients)
    monthly = _of(session.run("metrics.client_margin_monthly"), row["client_key"])
    frame.answer(sentences.one_client(row.to_dict(), period.label))
    _review(period, row["client_key"])
    _person(period, row["client_key"])
    trend = columns.within(monthly, period)
    cards.draw(
        row.to_dict(),
        [
            cards.Card("gross_margin", trend=trend["gross_margin"]),
            cards.Card("service_gross_margin_pct"),
            cards.Card("labour_hours", trend=trend["labour_hours"]),
            cards.Card("effective_hourly_rate"),
        ],
    )
    charts.draw(
        charts_margin.months_bars(trend), alt="Gross margin of the client by month, with the margin in per cent."
    )
    tables.show(trend, columns.CLIENT_MONTHS, alt="The client by month", key="client_months")
    explain.how_made(
        metrics=["gross_margin", "service_gross_margin_pct", "labour_hours", "effective_hourly_rate"],
        queries=["metrics.client_margin", "metrics.client_margin_monthly"],
        assumed=["loaded_hourly_cost"],
    )
