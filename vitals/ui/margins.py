"""The parts of the client-margin page: bars with a client's card, the way to the payroll, the unbilled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.catalogue import number
from vitals.ui import charts
from vitals.ui.page import columns, contents, frame, session
from vitals.ui.page.filters import Period
from vitals.ui.page.safe import md

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
        found = clients[clients["client_key"].isin(chosen)].to_dict("records")
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


def unbilled(clients: pd.DataFrame) -> None:
    """The clients with hours and no invoice, the costliest first; nothing if there is none."""
    found = clients[_has_no_invoice(clients)].sort_values("labour_cost", ascending=False).reset_index(drop=True)
    if len(found):
        frame.section("Hours without an invoice")
        frame.note("What these cost is no loss until one knows who pays: perhaps they are second spellings of a name.")
        frame.rows_leading_to_client(found, columns.UNBILLED, key="unbilled_table")
