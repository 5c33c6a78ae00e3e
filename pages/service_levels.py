"""Are tickets resolved in time, alike, and without depending on one person?"""

from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import caveats, sentences

period = frame.open_page("service_levels")
levels = session.one("metrics.service_levels", **period.months)
attainment = session.run("metrics.sla_attainment", **period.months)
categories = session.run("metrics.resolution_consistency", **period.months)
people = session.run("metrics.key_person", **period.months)

frame.headline(sentences.service_levels(levels))
frame.note(caveats.of_tickets(levels))
frame.note(sentences.consistency(categories))
frame.note(sentences.key_people(session.one("metrics.key_people", **period.months)))
cards.draw(
    ["all_resolution_attainment_pct", "all_response_attainment_pct", "all_median_business_hours", "clients_on_one"],
    period,
)

frame.note("The share of tickets within their target, a row for each priority; beside it the share resolved in time.")
frame.note(charts.ATTAINMENT_SIGNS)
charts.draw(
    charts.attainment_by_priority(attainment),
    alt="Share of tickets resolved and answered within their target, by priority, with the line to be above.",
)
tables.show(attainment, columns.ATTAINMENT, alt="Tickets that met and missed their targets, by priority", key="targets")
frame.section("How long do incidents take?")
times = session.run("metrics.resolution_time", **period.months)
tables.show(times, columns.RESOLUTION_TIME, alt="Business hours to resolve incidents, by priority", key="times")
frame.section("Is the work done alike?")
tables.show(categories, columns.CONSISTENCY, alt="How far the effort depends on who does the work", key="alike")
frame.section("Who does most of a client's work?")
frame.rows_leading_to_client(people, columns.KEY_PEOPLE, key="key_people")

explain.how_made()
explain.left_out()
