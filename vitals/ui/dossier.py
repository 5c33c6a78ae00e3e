"""The client page's body: one client's margin by month, its hours, its reviews and its price under each model."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from vitals.ui import charts
from vitals.ui.page import cards, columns, contents, explain, frame, session, tables
from vitals.ui.page.filters import Period
from vitals.ui.words import client


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
            frame.note(client.one_review(row))


def _technicians(period: Period, client_key: str) -> None:
    rows = session.run("metrics.client_technicians", client_key=client_key, **period.months)
    if len(rows):
        frame.section("Who does the work")
        tables.show(rows, columns.CLIENT_TECHNICIANS, alt="Technicians of the client with hours and cost", key="team")


def _reviews(client_key: str) -> None:
    rows = session.run("metrics.client_reviews", client_key=client_key)
    if len(rows):
        frame.section("Its reviews")
        tables.show(rows, columns.CLIENT_REVIEWS, alt="Reviews of the client, the latest first", key="client_reviews")


def _prices(period: Period, client_key: str) -> None:
    """What the client would leave under each model at the assumed share of automation."""
    if not session.held() & {"time_entries", "tickets"}:
        return
    share = session.one("metrics.assumptions").get("automation_share")
    regimes = session.run("metrics.pricing_regimes", **period.months, automation_share=share)
    frame.section("Hours, seats or outcome")
    frame.note("What the client would leave under each model, a bar for each; beside it what it would pay.")
    frame.note(client.one_price(_of(regimes, client_key).to_dict("records"), share))
    charts.draw(
        charts.client_prices(columns.priced(_of(regimes, client_key))),
        alt="What the client would leave by the hour, per seat and under an outcome fee, and what it would pay.",
    )


def _person(period: Period, client_key: str) -> None:
    if not session.knows("metrics.key_person"):
        return
    for row in _of(session.run("metrics.key_person", **period.months), client_key).to_dict("records"):
        frame.note(client.one_person(row))


def draw(period: Period) -> None:
    """The chosen client, worst first in the list."""
    clients = session.run("metrics.client_margin", **period.months).sort_values("gross_margin")
    if clients.empty:
        frame.answer("No client has revenue or cost in these months.")
        return
    row = _picked(clients)
    monthly = _of(session.run("metrics.client_margin_monthly"), row["client_key"])
    frame.answer(client.one_client(row.to_dict(), period.label))
    _review(period, row["client_key"])
    _person(period, row["client_key"])
    trend = columns.within(monthly, period)
    cards.draw(
        row.to_dict(),
        [
            cards.Card("gross_margin", trend=trend["gross_margin"]),
            cards.Card("service_gross_margin_pct"),
            cards.Card("labour_hours", trend=trend["labour_hours"]),
            cards.Card("effective_hourly_rate", column="earned_an_hour"),
        ],
    )
    frame.note("Gross margin in money, a bar for each month; above it the share of revenue.")
    charts.draw(charts.months_bars(trend), alt="Gross margin of the client by month, with the margin in per cent.")
    tables.show(trend, columns.CLIENT_MONTHS, alt="The client by month", key="client_months")
    _technicians(period, row["client_key"])
    _reviews(row["client_key"])
    _prices(period, row["client_key"])
    _made()


def _made() -> None:
    explain.how_made(
        metrics=["gross_margin", "service_gross_margin_pct", "labour_hours", "effective_hourly_rate"],
        queries=[
            "metrics.client_margin",
            "metrics.client_margin_monthly",
            "metrics.client_technicians",
            "metrics.pricing_regimes",
        ],
        assumed=["loaded_hourly_cost", "bill_rate", "target_gross_margin", "automation_share"],
    )
