"""The parts that say why a client earns less than its tier: the rows in words, its waterfall, and what if."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from vitals.ui import charts
from vitals.ui.page import cards, columns, contents, failure, frame, session
from vitals.ui.page.filters import Period
from vitals.ui.page.safe import md
from vitals.ui.words import gaps as words

CLIENTS = "clients"
"""The file that says how many users a client has."""
GAPS, PARTS = "metrics.client_margin_gap", "metrics.client_gap_parts"


def compared(period: Period) -> pd.DataFrame:
    """Every client with its gap, the worst first, and what costs it most in words."""
    rows = session.run(GAPS, **period.months)
    return rows.assign(main_reason=[words.PARTS.get(reason) for reason in rows["main_reason"]])


def worst(gaps: pd.DataFrame) -> list[dict[str, Any]]:
    """Those whose gap is below zero."""
    return gaps[gaps["gap"] < 0].to_dict("records")


def _parts(client: Mapping[str, Any], period: Period) -> pd.DataFrame:
    parts = session.run(PARTS, **period.months)
    return parts[parts["client_key"] == client["client_key"]]


def worst_named(gaps: pd.DataFrame, period: Period) -> None:
    """The clients that earn least against their tier, each with why and the way to its page."""
    _named(worst(gaps), words.briefly, period)


def losers_named(clients: pd.DataFrame, period: Period) -> None:
    """The clients that lost most money, each with why and the way to its page; nothing where none did."""
    lost = clients[clients["gross_margin"] < 0].sort_values("gross_margin", kind="stable")
    _named(lost.to_dict("records"), words.loss, period)


def _named(clients: Sequence[dict[str, Any]], say: Callable[..., str], period: Period) -> None:
    for client in clients[: words.MOST_NAMED]:
        said, way = st.columns(frame.LEAD, vertical_alignment="center")
        said.markdown(md(say(_parts(client, period).to_dict("records"), client)))
        with way:
            contents.link_to_evidence(contents.CLIENT, client["client"])


def _waterfall(parts: pd.DataFrame, client: str) -> None:
    named = parts.assign(name=[words.PARTS[part] for part in parts["part"]])
    frame.note(words.HOW_TO_READ)
    charts.draw(
        charts.waterfall(named, "Nothing is known of what its gap is made of."),
        alt=f"The gap of {client} to its tier, part by part: price, tools, tickets, time per ticket, cost of an hour.",
        key="gap_parts",
    )


def explained(client: dict[str, Any], period: Period) -> None:
    """One client's gap in a sentence, and what it is made of."""
    own = _parts(client, period)
    st.markdown(md(words.one_gap(own.to_dict("records"), client, period.label)))
    if len(own):
        _waterfall(own, client["client"])
        frame.note(words.fee_to_tier(client, session.assumed()))


def one(gaps: pd.DataFrame, period: Period) -> None:
    """The client chosen, the worst while none is, with its gap explained and the way to its page."""
    if gaps.empty:
        return
    frame.section("Why one of them")
    name = frame.choose_one(contents.CLIENT, list(gaps["client"]))
    client = gaps[gaps["client"] == name].iloc[0].to_dict()
    explained(client, period)
    contents.link_to_client(name)


def agreements(period: Period) -> None:
    """What each agreement left, where lines and entries name agreements."""
    rows = session.run("metrics.agreement_margin", **period.months)
    frame.note(words.agreements(rows.to_dict("records")))
    if rows["is_named"].any():
        frame.rows_leading_to_client(rows, columns.AGREEMENTS, key="agreement_table")


def of_client(client: dict[str, Any], period: Period) -> None:
    """The same on a client's own page; nothing while no clients file says how many users there are."""
    if contents.missing([contents.INVOICES, contents.LABOUR, CLIENTS]):
        return
    rows = session.run(GAPS, **period.months)
    own = rows[rows["client_key"] == client["client_key"]].to_dict("records")
    frame.section("Why it earns what it does")
    explained(own[0] if own else client, period)


@failure.fragment
def what_if(client: dict[str, Any], period: Period) -> None:
    """Two sliders, and what the client would have left with them; nothing is kept."""
    frame.section("What if")
    frame.note("Another fee, or hours that take or cost more or less, over the same months. For this view only.")
    left, right = st.columns(2, gap="medium")
    fee = left.slider(
        "Fee, change",
        -50,
        100,
        0,
        format="%d %%",
        key="fee_change",
        help="Of its recurring revenue.",
    )
    labour = right.slider(
        "Labour, change", -50, 100, 0, format="%d %%", key="labour_change", help="Of its hours, or of what one costs."
    )
    cards.draw(
        ["what_if_margin", "what_if_margin_pct", "what_if_change"],
        period,
        client_key=client["client_key"],
        fee_change=float(fee) / 100,
        labour_change=float(labour) / 100,
    )
