"""Which part of the operating model holds us back?"""

from vitals import formats
from vitals.ui import charts, diagnosis
from vitals.ui.page import columns, explain, frame, register, session, tables
from vitals.ui.words import components

period = frame.open_page("operating_model", dated="as_of")
found = session.run("metrics.components", as_of=period.as_of)
rows = formats.rows(found)

frame.headline(components.headline(rows))
frame.note(components.months(session.one("metrics.signal_window", as_of=period.as_of)))
frame.note(components.apart(rows))

frame.note(charts.COMPONENT_SIGNS)
charts.draw(
    charts.component_rows(found),
    alt="For each component of the operating model its score from 1 to 5 by the data, and by your answers.",
)
tables.show(found, columns.COMPONENTS, alt="The components: what was found, and what is missing", key="components")
diagnosis.parts(period)

frame.section("What the data can't see")
frame.note("Answer for the firm as it is. Yes counts 5, partly 3, no 1. The answers are kept with the workspace.")
register.draw("checklist")

explain.how_made(diagnosis.SCORED)
explain.left_out()
