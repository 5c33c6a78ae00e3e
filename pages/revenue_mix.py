"""What is revenue made of?"""

from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import caveats, revenue, sentences

period = frame.open_page("revenue_mix")
summary = session.one("metrics.revenue_mix_summary", **period.months)
monthly = tables.within(session.run("metrics.revenue_mix_monthly"), period)
classes = session.run("metrics.revenue_mix", **period.months)

frame.headline(revenue.mix(summary))
frame.note(revenue.mix_as_agent(summary))
frame.note(caveats.of_classes(session.one("metrics.revenue_classes", **period.months)))
cards.draw(["recurring_share", "recurring_share_without_products", "managed_customers_share", "one_off_share"], period)

frame.note("Revenue by class, spread over the months that it is for, a bar for each month.")
frame.note(charts.CLASS_SIGNS)
charts.draw(
    charts.mix_bars(monthly),
    alt="Revenue of each month by class: managed, other recurring, projects, work by the hour and products.",
)
tables.show(classes, columns.MIX, alt="Revenue by class, with products and without them", key="classes")
frame.section("How does it move?")
tables.show(monthly, columns.MIX_MONTHS, alt="Revenue by class and month", key="mix_months")
frame.section("On how few clients does it rest?")
frame.note(sentences.concentration(session.one("metrics.concentration", **period.months)))
largest = session.run("metrics.largest_clients", **period.months)
tables.show(largest, columns.LARGEST, alt="The largest clients and groups by revenue without products", key="largest")

explain.how_made(["top1_share", "top3_share", "effective_clients"])
explain.left_out()
