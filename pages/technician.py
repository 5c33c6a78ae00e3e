"""What does this technician's time go to?"""

from vitals.ui import charts, technician
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import people

period = frame.open_page("technician")
everyone = session.run("metrics.technician_room", **period.months)
chosen = technician.chosen(everyone)
monthly = session.run("metrics.technician_months", technician_key=chosen["technician_key"], **period.months)

frame.headline(people.technician(chosen, period.label))
frame.note(people.capture(chosen))
frame.note(people.missing(technician.gaps(chosen, period)))
cards.draw(
    ["utilisation_net", "hours_over_band", "hours_of_room", "time_capture"],
    period,
    notes=people.unlogged(chosen),
    technician_key=chosen["technician_key"],
)

frame.note("Net utilisation in per cent, a bar for each month; above it the hours over the band. A gap: hours unknown.")
charts.draw(
    charts.technician_bars(monthly),
    alt="Net utilisation of the technician by month, the healthy band behind, the hours over it above each bar.",
)
tables.show(monthly, columns.TECHNICIAN_MONTHS, alt="The technician by month", key="technician_months")
technician.clients(chosen, period)
technician.room(chosen, everyone)

explain.how_made(["thin_technician_month"])
explain.left_out()
