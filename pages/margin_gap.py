"""Why do these clients earn less?"""

import streamlit as st

from vitals import formats
from vitals.ui import charts, margins
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import gaps as words

period = frame.open_page("margin_gap")
summary = session.one("metrics.margin_gap_summary", **period.months)
clients = margins.against_tier(period)
billed = margins.billed(session.run("metrics.client_margin", **period.months))
tiers = session.run("metrics.tier_dispersion", **period.months)

frame.headline(words.headline(summary, margins.worst(clients), period.label))
frame.note(words.of_gaps(summary))
frame.note(explain.rests_on("loaded_hourly_cost", summary.get("clients")))
margins.worst_named(clients, period)
cards.draw(["gap_below", "gap_below_price", "gap_below_hours", "gap_below_other"], period)

by_client, by_tier, by_agreement = st.tabs(
    ["By client", "By tier", "By agreement"], key="gap_view", bind="query-params"
)
with by_client:
    frame.note(
        "What each client earns more or less than its tier would with its users, over all these months, the most lost "
        "first; red: less, and what most by."
    )
    charts.draw(
        charts.gap_bars(clients),
        alt="What each client earns more or less than its tier would, from the worst; the table below holds the same.",
    )
with by_tier:
    frame.note(
        "Gross margin before bench, a dot for each client; the box is a tier's middle half, the line its median."
    )
    frame.note(words.spread(formats.rows(tiers)))
    charts.draw(
        charts.tier_strip(billed, tiers),
        alt="Gross margin in per cent, a strip of dots for each service tier, with its median and middle half.",
    )
    tables.show(tiers, columns.TIERS, alt="Tiers with the median and the spread of their clients' margins", key="tiers")
with by_agreement:
    margins.agreements(period)
margins.why_one(clients, period)

frame.section("All of them")
frame.rows_leading_to_client(clients, columns.GAPS, key="gap_table")

explain.how_made(["gap"])
explain.left_out()
