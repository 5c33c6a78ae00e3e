"""Is recurring revenue kept, and how concentrated is it?"""

from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, numbers, session, tables
from vitals.ui.words import sentences

period = frame.open_page("recurring_revenue")
found = numbers.rows(period, "metrics.concentration", "metrics.retention", "metrics.recurring_revenue")
bridge = tables.until(session.run("metrics.mrr_bridge"), period)

frame.headline(sentences.retention(found, period.first, period.last))
frame.note(sentences.concentration(session.one("metrics.concentration", **period.months)))
frame.note(sentences.class_caveat(session.one("metrics.client_margin_summary", **period.months)))
cards.draw(
    found,
    [
        cards.Card("monthly_recurring_revenue", trend=bridge["closing"]),
        cards.Card("gross_revenue_retention"),
        cards.Card("net_revenue_retention"),
        cards.Card("top1_share"),
    ],
)

frame.note("What moved the monthly recurring revenue, in money, a bar for each month.")
frame.note(charts.MOVEMENT_SIGNS)
charts.draw(
    charts.recurring_bridge(tables.within(bridge, period)),
    alt="Recurring revenue by month: rises, new and returned clients above zero, falls and lost clients below it.",
)
tables.show(tables.within(bridge, period), columns.RECURRING, alt="What moved recurring revenue by month", key="bridge")

explain.how_made(
    metrics=["monthly_recurring_revenue", "gross_revenue_retention", "net_revenue_retention", "top1_share"],
    queries=["metrics.mrr_bridge", "metrics.retention", "metrics.concentration"],
)
explain.left_out_of(
    ["monthly_recurring_revenue", "gross_revenue_retention", "net_revenue_retention", "top1_share"],
    reads=["invoice_lines"],
)
