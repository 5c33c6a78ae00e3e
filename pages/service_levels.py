"""Are tickets resolved in time?"""

from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import caveats, desk, sentences

period = frame.open_page("service_levels")
levels = session.one("metrics.service_levels", **period.months)
attainment = session.run("metrics.sla_attainment", **period.months)
by_month = session.run("metrics.sla_attainment_monthly", **period.months)

frame.headline(sentences.service_levels(levels))
frame.note(caveats.of_tickets(levels))
frame.note(desk.all_incidents(levels))
cards.draw(
    ["all_resolution_attainment_pct", "all_response_attainment_pct", "all_median_business_hours", "paused_share"],
    period,
    notes=desk.counted_incidents(levels),
)

frame.note("The share of tickets within their target, a row for each priority; beside it the share resolved in time.")
frame.note(charts.ATTAINMENT_SIGNS)
charts.draw(
    charts.attainment_by_priority(attainment),
    alt="Share of tickets resolved and answered within their target, by priority, with the line to be above.",
)
explain.leading_to_rows(
    attainment,
    columns.ATTAINMENT,
    "resolution_attainment_pct",
    alt="Tickets that met and missed their targets, by priority",
    key="targets",
)
frame.section("In which months?")
frame.note("Per cent resolved within the target of those opened in the month, as it stood at its end; amber: below it.")
charts.draw(
    charts.attainment_by_month(by_month),
    alt="Share of tickets resolved within their target, a row for each priority and a column for each month.",
)
tables.show(by_month, columns.ATTAINMENT_MONTHS, alt="Targets met by priority and month", key="months", at_most=12)
frame.section("How long do incidents take?")
times = session.run("metrics.resolution_time", **period.months)
tables.show(times, columns.RESOLUTION_TIME, alt="Business hours to answer and resolve incidents", key="times")

explain.how_made()
explain.left_out()
