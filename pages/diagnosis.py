"""Why does growth feel harder?"""

from vitals.ui import diagnosis
from vitals.ui.page import cards, contents, explain, frame, session
from vitals.ui.words import signals as words

period = frame.open_page("diagnosis", dated="as_of")
signals = session.run("metrics.signals", as_of=period.as_of)

frame.headline(words.diagnosis(session.one("metrics.signal_verdict", as_of=period.as_of)))
frame.note("One signal is to be watched, two are structural, five ask for a redesign. The limits are assumptions.")
diagnosis.signals(signals, period)
contents.link("assumptions", "Change a limit")

frame.section("Does the desk keep up?")
cards.draw(["close_rate", "hours_per_ticket", "first_contact_rate", "reopen_rate"], period)
contents.link("backlog", "Month by month")

explain.how_made(["out_of_scope_hours"])
explain.left_out()
