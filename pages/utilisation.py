"""Whose hours are sold?"""

from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, numbers, session, tables
from vitals.ui.words import sentences

period = frame.open_page("utilisation")
summary = session.one("metrics.utilisation_summary", **period.months)
technicians = tables.highest_first(session.run("metrics.technician_utilisation", **period.months))
by_month = session.run("metrics.technician_utilisation_monthly")
company = tables.until(session.run("metrics.utilisation_monthly"), period)

frame.headline(sentences.utilisation(summary))
frame.note(sentences.capture_caveat(summary))
cards.draw(
    numbers.rows(period, "metrics.utilisation"),
    [
        cards.Card("utilisation_net", trend=company["utilisation_net"]),
        cards.Card("billable_utilisation", trend=company["billable_utilisation"]),
        cards.Card("utilisation_gross", trend=company["utilisation_gross"]),
        cards.Card("time_capture", trend=company["time_capture"]),
    ],
)

frame.note("Net utilisation in per cent, a row for each technician: small dots are months, the large one the period.")
charts.draw(
    charts.utilisation_rows(technicians, tables.within(by_month, period)),
    alt="Net utilisation of each technician: small dots by month, a large one for the period, the healthy band behind.",
)
tables.show(technicians, columns.UTILISATION, alt="Technicians with their hours and utilisation", key="people")

explain.how_made(
    metrics=["utilisation_net", "billable_utilisation", "utilisation_gross", "time_capture"],
    queries=["metrics.technician_utilisation", "metrics.utilisation"],
    assumed=["hours_per_week"],
)
explain.left_out_of(["utilisation_net", "time_capture"], reads=["time_entries", "technicians", "time_off", "holidays"])
