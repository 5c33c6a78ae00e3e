"""Does the desk keep up?"""

from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import desk

period = frame.open_page("backlog")
backlog = session.one("metrics.backlog", **period.months)
monthly = tables.within(session.run("metrics.backlog_monthly"), period)
ages = session.run("metrics.backlog_ages", **period.months)

frame.headline(desk.backlog(backlog, period.label))
frame.note(desk.reached(backlog, period.label))
frame.note(desk.begun(backlog))
counted = desk.counted_backlog(backlog, session.one("metrics.desk_health", **period.months))
cards.draw(["open_at_end", "open_over_30_days", "days_to_clear", "close_rate"], period, notes=counted)

frame.note("Tickets open at each month's end, a bar for each month; the amber part is more than 30 days old.")
charts.draw(
    charts.backlog_bars(monthly),
    alt="Tickets open at each month's end, and of them those that are more than 30 days old.",
)
tables.show(monthly, columns.BACKLOG, alt="The backlog by month", key="backlog")
frame.section("How old is what is open?")
tables.show(ages, columns.BACKLOG_AGES, alt="Open tickets by age at the end of the last month", key="ages")

explain.how_made()
explain.left_out()
