"""Why does growth feel harder?"""

from vitals.ui import charts, diagnosis
from vitals.ui.page import cards, columns, contents, explain, frame, session, tables
from vitals.ui.words import sentences

period = frame.open_page("diagnosis", dated="as_of")
signals = session.run("metrics.signals", as_of=period.as_of)
backlog = tables.within(session.run("metrics.backlog_monthly"), period)

frame.headline(sentences.diagnosis(session.one("metrics.signal_verdict", as_of=period.as_of)))
frame.note("One signal is to be watched, two are structural, five ask for a redesign. The limits are assumptions.")
diagnosis.signals(signals, period)
contents.link("assumptions", "Change a limit")

frame.section("Does the desk keep up?")
cards.draw(["close_rate", "hours_per_ticket", "first_contact_rate", "reopen_rate"], period)
frame.note("Tickets open at each month's end, a bar for each month; the dark part is more than 30 days old.")
charts.draw(
    charts.backlog_bars(backlog),
    alt="Tickets open at each month's end, and of them those that are more than 30 days old.",
)
tables.show(backlog, columns.BACKLOG, alt="The backlog by month", key="backlog")

explain.how_made()
explain.left_out()
