"""Who does whose work?"""

from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import people

period = frame.open_page("roles")
roles = session.one("metrics.roles", **period.months)
technicians = session.run("metrics.technician_roles", **period.months)
levels = session.run("metrics.category_levels", **period.months)

frame.headline(people.roles(roles))
frame.note(people.most_above(roles))
cards.draw(["senior_account_share", "above_share", "above_cost"], period)

frame.note(charts.ROLE_SIGNS)
charts.draw(
    charts.role_bars(technicians),
    alt="Logged hours of each technician: account work, tickets that a lower level usually does, and the rest.",
)
frame.rows_leading_to_technician(technicians, columns.ROLES, key="roles")
frame.section("Which level does what?")
frame.note(people.LEVEL_RULE)
tables.show(levels, columns.CATEGORY_LEVELS, alt="Hours on each category by level", key="category_levels")

explain.how_made()
explain.left_out()
