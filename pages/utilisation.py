"""Whose hours are sold?"""

from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import caveats, sentences

period = frame.open_page("utilisation")
summary = session.one("metrics.utilisation_summary", **period.months)
team = session.one("metrics.utilisation", **period.months)
technicians = session.run("metrics.technician_utilisation", **period.months)
by_month = session.run("metrics.technician_utilisation_monthly")

frame.headline(sentences.utilisation({**team, **summary}))
frame.note(caveats.of_time_sheets({**summary, **team}))
cards.draw(["team_utilisation_net", "team_billable_utilisation", "team_utilisation_gross", "team_time_capture"], period)

frame.note("Net utilisation in per cent, a row for each technician: small dots are months, the large one the period.")
charts.draw(
    charts.utilisation_rows(technicians, tables.within(by_month, period)),
    alt="Net utilisation of each technician: small dots by month, a large one for the period, the healthy band behind.",
)
frame.rows_leading_to_technician(technicians, columns.UTILISATION, key="people")

explain.how_made()
explain.left_out()
