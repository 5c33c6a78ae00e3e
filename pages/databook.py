"""What would an examiner take home?"""

from vitals.ui import databook
from vitals.ui.page import explain, frame, session, tables
from vitals.ui.words import books

period = frame.open_page("databook")
sheets = databook.sheets()

frame.headline(books.ready(sheets))
frame.note("Totals, shares and ratios are live formulas, and the checks on the cover must all be 0.")
databook.hand_out(period)

frame.section("Its sheets")
tables.listed(databook.listed(sheets), alt="Every sheet of the book, and what it would take to fill it", key="sheets")
frame.section("What can't be produced from these exports")
tables.show(session.run(databook.BEYOND.query), databook.BEYOND, alt="What buyers ask for beyond", key="beyond")

explain.how_made()
explain.left_out()
