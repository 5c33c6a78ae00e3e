"""Which rows are behind a number?"""

from vitals.ui import rows
from vitals.ui.page import explain, frame, tables

period = frame.open_page("rows")
chosen = rows.choose(period)
found = chosen.rows()

frame.headline(chosen.total(found))
frame.note(chosen.reckoned)
tables.show(found, chosen.kind.table, alt="The rows behind the numbers of these months", key="rows", has_own_files=True)
chosen.downloads(found)

explain.how_made(chosen.numbers)
explain.left_out()
