"""Which clients make money?"""

import streamlit as st

from vitals.ui import margins
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import caveats, sentences

period = frame.open_page("client_margin")
company = session.one("metrics.company_margin", **period.months)
summary = {**company, **session.one("metrics.client_margin_summary", **period.months)}
clients = session.run("metrics.client_margin", **period.months)
billed = margins.billed(clients)

frame.headline(sentences.margins(summary, company, period.label))
if not caveats.unread(summary):
    margins.losers_named(billed, period)
frame.note(caveats.of_margins(summary))
frame.note(explain.rests_on("loaded_hourly_cost", summary.get("assumed_rate_hours")))
cards.draw(
    [
        "gross_margin_after_bench",
        "service_gross_margin_after_bench_pct",
        "managed_gross_margin_after_bench_pct",
        "company_effective_hourly_rate",
    ],
    period,
    notes=caveats.of_a_rate(summary),
)

by_client, to_payroll = st.tabs(["By client", "To the payroll"], key="margin_view", bind="query-params")
with by_client:
    frame.note(
        "Gross margin before bench, a bar for each client, the least money first; at its end the money and the share "
        "of revenue."
    )
    chosen = margins.bars(billed)
    frame.lead("margin_gap", "Why some of them earn less than others of their tier, and how far a tier lies apart:")
with to_payroll:
    margins.reconciled(period)
    frame.note(sentences.reconciliation(company))

margins.without_cost(billed)
frame.rows_leading_to_client(tables.only(billed, chosen), columns.MARGIN, key="margin_table")
margins.unbilled(clients)

explain.how_made(
    [
        "months_covered",
        "loss_clients",
        "loss_amount",
        "service_payroll",
        "labour_allocated",
        "bench_labour",
        "labour_outside_payroll",
    ]
)
explain.left_out()
