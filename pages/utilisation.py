"""Whose hours are sold?"""

from vitals import formats
from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import caveats, people, sentences

period = frame.open_page("utilisation")
summary = session.one("metrics.utilisation_summary", **period.months)
team = session.one("metrics.utilisation", **period.months)
technicians = session.run("metrics.technician_utilisation", **period.months)
by_month = session.run("metrics.technician_utilisation_monthly")
watched = session.run("metrics.watch_list", **period.months)
levels = tables.within(session.run("metrics.level_utilisation_monthly"), period)

frame.headline(sentences.utilisation({**team, **summary}))
frame.note(people.watched(watched))
frame.note(people.missing(formats.rows(session.run("metrics.technician_gaps", **period.months))))
frame.note(caveats.of_time_sheets({**summary, **team}))
cards.draw(
    ["team_utilisation_net", "team_billable_utilisation", "realisation", "team_time_capture"],
    period,
    notes={"realisation": people.realised(session.one("metrics.realisation", **period.months))},
)

frame.note("Net utilisation in per cent, a row for each technician: small dots are months, the large one the period.")
charts.draw(
    charts.utilisation_rows(technicians, tables.within(by_month, period)),
    alt="Net utilisation of each technician: small dots by month, a large one for the period, the healthy band behind.",
)
frame.rows_leading_to_technician(technicians, columns.UTILISATION, key="people")
frame.section("Who is to be watched?")
frame.note(people.WATCH_RULE)
tables.show(watched, columns.WATCH_LIST, alt="Technicians out of the band for two months or more", key="watch_list")
frame.section("Which level is sold?")
frame.note("Net utilisation in per cent, a line for each level; the healthy band behind.")
charts.draw(charts.level_lines(levels), alt="Net utilisation by month, a line for each level, the healthy band behind.")
by_level = session.run("metrics.level_utilisation", **period.months)
tables.show(by_level, columns.LEVELS, alt="Net utilisation by level over the months", key="levels")
tables.show(levels, columns.LEVEL_MONTHS, alt="Net utilisation by level and month", key="level_months", at_most=12)

explain.how_made(["team_utilisation_gross", "thin_technician_month"])
explain.left_out()
