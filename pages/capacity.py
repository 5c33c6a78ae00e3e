"""Is there room for next quarter?"""

from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import people

period = frame.open_page("capacity")
capacity = session.one("metrics.capacity", month_to=period.month_to)
months = session.run("metrics.capacity_months", month_to=period.month_to)

frame.headline(people.room_ahead(capacity))
frame.note(people.trend(capacity))
frame.note(people.capture(capacity))
cards.draw(["expected_hours", "capacity_hours", "hours_left", "spread_hours"], period)

frame.note(charts.CAPACITY_SIGNS)
charts.draw(
    charts.capacity_bars(session.run("metrics.capacity_history", month_to=period.month_to)),
    alt="Client hours by month, and those to be expected in the next three, against what contracted time has room for.",
)
tables.show(months, columns.CAPACITY_MONTHS, alt="Hours to be expected and hours that fit, by month", key="capacity")

explain.how_made()
explain.left_out()
