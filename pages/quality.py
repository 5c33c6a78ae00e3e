"""Is the work done right the first time?"""

from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import desk, sentences

period = frame.open_page("quality")
measures = session.run("metrics.service_quality", **period.months)
categories = session.run("metrics.resolution_consistency", **period.months)

frame.headline(desk.quality(measures))
frame.note(sentences.consistency(categories))
cards.draw(
    ["first_contact_rate", "reopen_rate", "escalation_rate", "csat_positive_pct"], period, notes=desk.counted(measures)
)

frame.note("A dot for each share; its line holds the true one in 95 of 100 cases: few tickets, a long line.")
charts.draw(
    charts.quality_rows(measures),
    alt="Shares of tickets by measure of quality, each with the interval that holds the true share.",
)
frame.note(desk.MEASURES)
tables.show(measures, columns.QUALITY, alt="Measures of quality with the tickets they rest on", key="quality")
frame.section("Is the work done alike?")
frame.note(desk.ALIKE)
tables.show(categories, columns.CONSISTENCY, alt="How far the effort depends on who does the work", key="alike")

explain.how_made()
explain.left_out()
