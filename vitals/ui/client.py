"""The parts of the client page: the client chosen, its months, reviews and people, and its price under each model."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.ui import charts
from vitals.ui.page import columns, contents, frame, session, tables
from vitals.ui.page.filters import Period
from vitals.ui.words import caveats, sentences
from vitals.ui.words.prices import one_price


def chosen(period: Period) -> dict[str, Any]:
    """The row of the client in the address; the worst while none is named."""
    clients = session.run("metrics.client_margin", **period.months)
    if clients.empty:
        frame.headline("No client has revenue or cost in these months.")
        st.stop()
    name = frame.choose_one(contents.CLIENT, list(clients["client"]))
    return formats.rows(clients[clients["client"] == name])[0]


def _of(rows: pd.DataFrame, client: dict[str, Any]) -> pd.DataFrame:
    return rows[rows["client_key"] == client["client_key"]]


def by_month(client: dict[str, Any], period: Period) -> pd.DataFrame:
    """The client's margin in each month of the period."""
    return tables.within(_of(session.run("metrics.client_margin_monthly"), client), period)


def caution(period: Period) -> None:
    """What holds for every client before this one: that what its hours cost is assumed."""
    book = session.one("metrics.client_margin_summary", **period.months)
    frame.note(caveats.assumed(book))


def review(client: dict[str, Any], period: Period) -> None:
    """Where its review stands; nothing while no reviews are loaded."""
    if not contents.missing([contents.REVIEWS]):
        for row in formats.rows(_of(session.run("metrics.qbr_status", as_of=period.as_of), client)):
            frame.note(sentences.one_review(row))


def key_person(client: dict[str, Any], period: Period) -> None:
    """How far it hangs on one technician."""
    for row in formats.rows(_of(session.run("metrics.key_person", **period.months), client)):
        frame.note(sentences.one_person(row))


def technicians(client: dict[str, Any], period: Period) -> None:
    """Who does its work; nothing if nobody does."""
    rows = session.run("metrics.client_technicians", client_key=client["client_key"], **period.months)
    if len(rows):
        frame.section("Who does the work")
        frame.rows_leading_to_technician(rows, columns.CLIENT_TECHNICIANS, key="team")


def reviews(client: dict[str, Any]) -> None:
    """Its reviews, the latest first; nothing if there is none."""
    rows = session.run("metrics.client_reviews", client_key=client["client_key"])
    if len(rows):
        frame.section("Its reviews")
        tables.show(rows, columns.CLIENT_REVIEWS, alt="Reviews of the client, the latest first", key="client_reviews")


def prices(client: dict[str, Any], period: Period) -> None:
    """What it would leave under each model at the assumed share of automation; nothing while no hours are loaded."""
    if contents.missing([contents.LABOUR]):
        return
    share = session.assumed().get("automation_share")
    regimes = _of(session.run("metrics.pricing_regimes", **period.months, automation_share=share), client)
    frame.section("Hours, seats or outcome")
    frame.note("What the client would leave under each model, a bar for each; beside it what it would pay.")
    frame.note(one_price(formats.rows(regimes), share, client.get("labour_hours")))
    charts.draw(
        charts.client_prices(regimes[regimes["is_known"].astype(bool)]),
        alt="What the client would leave by the hour, per seat and under an outcome fee, and what it would pay.",
    )
    tables.show(
        regimes[regimes["is_known"].astype(bool)],
        columns.MODELS,
        alt="The models with what the client would pay and leave under each",
        key="models",
    )
