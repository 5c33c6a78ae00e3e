"""Is recurring revenue kept, and how concentrated is it?"""

from vitals.ui import charts, lost
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import caveats, sentences

period = frame.open_page("recurring_revenue")
kept = session.one("metrics.period_retention", **period.months)
bridge = tables.within(session.run("metrics.mrr_bridge"), period)
classes = session.one("metrics.revenue_classes", **period.months)

frame.headline(sentences.retention(kept, classes))
frame.note(sentences.concentration(session.one("metrics.concentration", **period.months)))
lost.open_question(period)
frame.note(caveats.of_classes(classes))
over = dict.fromkeys(["gross_revenue_retention", "net_revenue_retention"], sentences.kept_over(kept))
cards.draw(
    ["monthly_recurring_revenue", "gross_revenue_retention", "net_revenue_retention", "top1_share"], period, over=over
)

frame.note("What moved the monthly recurring revenue, in money, a bar for each month.")
frame.note(charts.MOVEMENT_SIGNS)
charts.draw(
    charts.recurring_bridge(bridge),
    alt="Recurring revenue by month: rises, new and returned clients above zero, falls and lost clients below it.",
)
moved = session.one("metrics.recurring_revenue", **period.months)
frame.note(sentences.first_seen(moved))
frame.note(sentences.apart(moved))
tables.show(bridge, columns.RECURRING, alt="What moved recurring revenue by month", key="bridge")

explain.how_made(["logo_churn", "top3_share", "effective_clients"])
explain.left_out()
