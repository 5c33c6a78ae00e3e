"""Which clients make money?"""

import streamlit as st

from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, numbers, session, tables
from vitals.ui.words import sentences

period = frame.open_page("client_margin")
summary = session.one("metrics.client_margin_summary", **period.months)
company = numbers.rows(period, "metrics.company_margin")
clients = session.run("metrics.client_margin", **period.months).sort_values("gross_margin")
tiers = session.run("metrics.tier_dispersion", **period.months)
monthly = tables.until(session.run("metrics.company_margin_monthly"), period)

frame.headline(sentences.margin(summary, period.label))
frame.note(sentences.margin_caveat(summary))
cards.draw(
    company,
    [
        cards.Card("gross_margin", trend=monthly["gross_margin"]),
        cards.Card("service_gross_margin_pct", trend=monthly["service_gross_margin_pct"]),
        cards.Card("managed_gross_margin_pct"),
        cards.Card("company_effective_hourly_rate"),
    ],
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

frame.rows_leading_to_client(tables.only(clients, chosen), columns.MARGIN, key="margin_table")
frame.note(sentences.reconciliation(company))

explain.how_made(
    metrics=["gross_margin", "service_gross_margin_pct", "managed_gross_margin_pct", "earned_an_hour"],
    queries=["metrics.client_margin", "metrics.company_margin", "metrics.tier_dispersion"],
    assumed=["loaded_hourly_cost", "burden_pct", "hours_per_week"],
)
explain.left_out_of(["revenue", "labour_cost", "gross_margin"], reads=["invoice_lines", "time_entries", "tickets"])
