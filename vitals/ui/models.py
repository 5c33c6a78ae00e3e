"""The pricing page's body: automation share, the curve, and all clients under the three models."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from vitals.ui import charts, terms
from vitals.ui.page import cards, columns, contents, explain, failure, frame, session
from vitals.ui.page.filters import Period
from vitals.ui.words import sentences

WHOLE_BOOK = "All clients together"
SHARE, CLIENT = "automation", "priced"


def _share() -> float:
    """The share of hours that automation takes over, from the slider; its start is the assumption."""
    assumed = session.one("metrics.assumptions").get("automation_share")
    percent = st.slider(
        "Share of hours automated",
        min_value=0,
        max_value=100,
        value=round(float(assumed or 0) * 100),
        step=1,
        format="%d %%",
        key=SHARE,
        bind="query-params",
        help="How many of today's client hours would no longer need a person.",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("For this view only.", width="content")
        st.page_link(contents.path("assumptions"), label="Change it for every page")
    return float(percent) / 100


def _client(regimes: pd.DataFrame) -> str:
    """The client whose curve is drawn, or the whole book."""
    pairs = regimes.drop_duplicates("client_key").sort_values("client")
    keys = {WHOLE_BOOK: "", **dict(zip(pairs["client"], pairs["client_key"], strict=True))}
    chosen = st.selectbox("Client", list(keys), key=CLIENT, bind="query-params")
    return str(keys[chosen])


def _seats(regimes: pd.DataFrame) -> str:
    """What a client pays per seat while no seat price is set."""
    if "price_basis" not in regimes:
        return ""
    bases = set(regimes.loc[regimes["regime"] == "per_seat", "price_basis"].dropna())
    if "recurring revenue" not in bases:
        return ""
    where = "no seat price is set" if len(bases) == 1 else "a client has no seat price"
    return f"Today's recurring revenue, as {where}."


def _cards(summary: dict[str, Any], seats: str) -> None:
    cards.draw(
        summary,
        [
            cards.Card("provider_margin", column="hourly_provider_margin", label="Your margin, by the hour"),
            cards.Card("provider_margin", column="per_seat_provider_margin", label="Your margin, per seat", note=seats),
            cards.Card("provider_margin", column="outcome_provider_margin", label="Your margin, outcome fee"),
            cards.Card("customer_pays", column="outcome_customer_pays", label="Clients pay, outcome fee"),
        ],
    )


def _curve(period: Period, client_key: str, share: float) -> None:
    curve = session.run("metrics.pricing_curve", **period.months, client_key=client_key or None)
    frame.note("Your margin in money over these months, a line for each model, by the share of hours automated.")
    charts.draw(
        charts.pricing_curve(curve, share),
        alt="The provider's margin in money against the share of hours automated, a line for each pricing model.",
    )


@failure.fragment
def draw(period: Period) -> None:
    """Everything that moves with the slider."""
    left, right = st.columns(2, gap="medium")
    with left:
        share = _share()
    regimes = session.run("metrics.pricing_regimes", **period.months, automation_share=share)
    with right:
        client_key = _client(regimes)
    terms.draw(sorted(set(regimes["client_key"])))
    summary = session.one("metrics.pricing_summary", **period.months, automation_share=share)
    compared = regimes[regimes["left_out_because"].isna()]
    frame.answer(sentences.pricing(summary, share))
    frame.note(sentences.compared(summary.get("clients"), regimes))
    frame.note(explain.rests_on("bill_rate"))
    _cards(summary, _seats(compared))
    curve, crossovers = st.tabs(["As automation grows", "From where on outcome pays better"])
    with curve:
        _curve(period, client_key, share)
    with crossovers:
        frame.note("A mark for each client: the share of hours automated from which an outcome fee leaves you more.")
        charts.draw(
            charts.crossovers(compared, share),
            alt="For each client the share of hours automated above which an outcome fee leaves more than hours.",
        )
    frame.note("First come the clients for whom an outcome fee would leave you least, compared with hours.")
    frame.rows_leading_to_client(columns.regimes_side_by_side(compared), columns.PRICING, key="regimes")
