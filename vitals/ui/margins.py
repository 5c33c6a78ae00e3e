"""The parts of the pages about margins: a client's card, the way to the payroll, why one earns less, and what if."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.catalogue import number
from vitals.ui import charts
from vitals.ui.page import cards, columns, contents, failure, frame, session
from vitals.ui.page.filters import Period
from vitals.ui.page.safe import md
from vitals.ui.words import caveats
from vitals.ui.words import gaps as words

CHART, CARD = 3, 1
"""How the width is shared between the bars and the card."""
ON_CARD = {
    "company_gross_margin": "gross_margin",
    "revenue": "revenue",
    "labour_hours": "labour_hours",
    "earned_an_hour": "earned_an_hour",
}
"""The numbers of a client's card, and where they stand in its row."""

CHAINS = {
    "margin": (
        "From revenue to what is left: the clients' margins stand in the middle, the bench is in none of them.",
        "Revenue less direct cost and labour is the margin of all clients; less the bench it is what is left.",
    ),
    "payroll": (
        "The labour in the clients' margins, less what the service payroll doesn't pay, and the bench are the payroll.",
        "Labour on clients, less labour outside the payroll, and the bench add up to the service payroll.",
    ),
}
STEPS = {
    "revenue": "Revenue",
    "direct_cost": "Tools and resale",
    "labour_cost": "Labour on clients",
    "gross_margin": "Margin of all clients",
    "bench_labour": "Bench",
    "gross_margin_after_bench": "Left after bench",
    "labour_outside_payroll": "Outside the payroll",
    "service_payroll": "Service payroll",
}
NO_CHAIN = "What labour cost on clients is not known in these months."
CLIENTS = "clients"
"""The file that says how many users a client has."""
GAPS, PARTS = "metrics.client_margin_gap", "metrics.client_gap_parts"


def _has_no_invoice(clients: pd.DataFrame) -> pd.Series:
    """Which clients have hours and no invoice; none while no invoice is loaded at all."""
    return clients["is_unbilled"].eq(True).fillna(False).astype(bool)


def billed(clients: pd.DataFrame) -> pd.DataFrame:
    """The clients of whom a margin can be told."""
    return clients[~_has_no_invoice(clients)].reset_index(drop=True)


def _card(client: Mapping[str, Any]) -> None:
    """One client: what it left and brought, the hours it took, what an hour earned, and the way to its page."""
    frame.section(client["client"])
    for name, column in ON_CARD.items():
        item, value = number(name), client[column]
        st.metric(md(item.label), "n/a" if formats.is_missing(value) else md(formats.written(value, item.format)))
    contents.link_to_client(client["client"])


def bars(clients: pd.DataFrame) -> list[Any]:
    """The bars; a click on one shows the client's card beside it, and gives its key."""
    chart, card = st.columns([CHART, CARD], gap="medium")
    with chart:
        chosen = charts.draw_pickable(
            charts.margin_bars(clients),
            alt="Gross margin of each client in money, from the worst to the best; the table below holds the same.",
            key="margin_bars",
        )
    with card:
        found = formats.rows(clients[clients["client_key"].isin(chosen)])
        for client in found[:1]:
            _card(client)
        frame.note("" if found else "Click a bar to see that client here, and alone in the table.")
    return chosen


def reconciled(period: Period) -> None:
    """From revenue to what is left after bench, and from the labour in clients' margins to the service payroll."""
    steps = session.run("metrics.margin_reconciliation", **period.months)
    for chain, (said, alt) in CHAINS.items():
        own = steps[steps["chain"] == chain]
        frame.note(said)
        charts.draw(
            charts.waterfall(own.assign(name=[STEPS[step] for step in own["step"]]), NO_CHAIN), alt=alt, key=chain
        )


def without_cost(clients: pd.DataFrame) -> None:
    """That clients of whom no line states a cost stand before it, where those of others do; nothing without any."""
    lacks = clients["stated_direct_cost"].isna() & clients["direct_cost"].notna() & (clients["revenue"] > 0)
    frame.note(words.without_cost(int(lacks.sum())))


def unbilled(clients: pd.DataFrame) -> None:
    """The clients with hours and no invoice, the costliest first; nothing if there is none."""
    found = clients[_has_no_invoice(clients)].sort_values("labour_cost", ascending=False).reset_index(drop=True)
    if len(found):
        frame.section("Hours without an invoice")
        frame.note("What these cost is no loss until one knows who pays: perhaps they are second spellings of a name.")
        frame.rows_leading_to_client(found, columns.UNBILLED, key="unbilled_table")


def against_tier(period: Period) -> pd.DataFrame:
    """Every client with its gap, the worst first, and what costs it most in words."""
    rows = session.run(GAPS, **period.months)
    return rows.assign(main_reason=[words.PARTS.get(reason) for reason in rows["main_reason"]])


def worst(gaps: pd.DataFrame) -> list[dict[str, Any]]:
    """Those whose gap is below zero."""
    return formats.rows(gaps[gaps["gap"] < 0])


def _parts(client: Mapping[str, Any], period: Period) -> pd.DataFrame:
    parts = session.run(PARTS, **period.months)
    return parts[parts["client_key"] == client["client_key"]]


def worst_named(gaps: pd.DataFrame, period: Period) -> None:
    """The clients that earn least against their tier, each with why and the way to its page."""
    _named(worst(gaps), words.briefly, period)


def losers_named(clients: pd.DataFrame, period: Period) -> None:
    """The clients that lost most money, each with why and the way to its page; nothing where none did."""
    lost = clients[clients["gross_margin"] < 0].sort_values("gross_margin", kind="stable")
    _named(formats.rows(lost), words.loss, period)


def losers(summary: Mapping[str, Any], period: Period) -> None:
    """The same on another page, below a heading; nothing where hours carry no margin."""
    if not caveats.unread(summary) and formats.or_zero(summary.get("loss_clients")):
        frame.section("Who lost money")
        frame.note(words.WHO_LOST)
        losers_named(billed(session.run("metrics.client_margin", **period.months)), period)


def _named(clients: Sequence[dict[str, Any]], say: Callable[..., str], period: Period) -> None:
    for client in clients[: words.MOST_NAMED]:
        said, way = st.columns(frame.LEAD, vertical_alignment="center")
        said.markdown(md(say(formats.rows(_parts(client, period)), client)))
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
    st.markdown(md(words.one_gap(formats.rows(own), client, period.label)))
    if len(own):
        _waterfall(own, client["client"])
        frame.note(words.fee_to_tier(client, session.assumed()))


def why_one(gaps: pd.DataFrame, period: Period) -> None:
    """The client chosen, the worst while none is, with its gap explained and the way to its page."""
    if gaps.empty:
        return
    frame.section("Why one of them")
    name = frame.choose_one(contents.CLIENT, list(gaps["client"]))
    client = formats.rows(gaps[gaps["client"] == name])[0]
    explained(client, period)
    contents.link_to_client(name)


def agreements(period: Period) -> None:
    """What each agreement left, where lines and entries name agreements."""
    rows = session.run("metrics.agreement_margin", **period.months)
    frame.note(words.agreements(formats.rows(rows)))
    if rows["is_named"].any():
        frame.rows_leading_to_client(rows, columns.AGREEMENTS, key="agreement_table")


def of_client(client: dict[str, Any], period: Period) -> None:
    """The same on a client's own page; nothing while no clients file says how many users there are."""
    if contents.missing([contents.INVOICES, contents.LABOUR, CLIENTS]):
        return
    rows = session.run(GAPS, **period.months)
    own = formats.rows(rows[rows["client_key"] == client["client_key"]])
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
