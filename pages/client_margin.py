"""Which clients make money?"""

import streamlit as st

from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import sentences

period = frame.open_page("client_margin")
summary = session.one("metrics.client_margin_summary", **period.months)
clients = session.run("metrics.client_margin", **period.months)
tiers = session.run("metrics.tier_dispersion", **period.months)

frame.headline(sentences.margin(summary, period.label))
frame.note(sentences.margin_caveat(summary))
cards.draw(
    [
        "company_gross_margin",
        "company_service_gross_margin_pct",
        "company_managed_gross_margin_pct",
        "company_effective_hourly_rate",
    ],
    period,
)

by_client, by_tier = st.tabs(["By client", "By tier"])
with by_client:
    frame.note("Gross margin in money, a bar for each client; beside it the money and the share of revenue.")
    chosen = charts.draw_pickable(
        charts.margin_bars(clients),
        alt="Gross margin of each client in money, from the worst to the best; the table below holds the same numbers.",
        key="margin_bars",
    )
    frame.note(charts.clients_without_bar(clients))
    frame.note("Click a bar to see only that client in the table.")
with by_tier:
    frame.note("Gross margin in per cent, a dot for each client with revenue; the line is the tier's median.")
    charts.draw(
        charts.tier_strip(clients, tiers),
        alt="Gross margin in per cent of each client, a strip of dots for each service tier, with the tier's median.",
    )
    tables.show(tiers, columns.TIERS, alt="Tiers with the median and the spread of their clients' margins", key="tiers")

frame.rows_leading_to_client(tables.only(clients, chosen), columns.MARGIN, key="margin_table")
frame.note(sentences.reconciliation(session.one("metrics.company_margin", **period.months)))

explain.how_made(
    ["loss_clients", "loss_amount", "service_payroll", "labour_allocated", "bench_labour", "labour_outside_payroll"]
)
explain.left_out()
