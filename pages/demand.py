"""Where does the work come from?"""

from vitals.ui import charts
from vitals.ui.page import cards, columns, contents, explain, frame, session, tables
from vitals.ui.words import desk

period = frame.open_page("demand")
demand = session.one("metrics.demand", **period.months)
clients = session.run("metrics.demand_by_client", **period.months)
categories = session.run("metrics.demand_by_category", **period.months)
causes = session.run("metrics.recurring_causes", **period.months)

frame.headline(desk.demand(demand, period.label))
frame.note(desk.without_users(demand, contents.listed(contents.missing(["invoice_lines"]))))
frame.note(desk.untyped(demand))
cards.draw(
    ["reactive_tickets_per_user", "reactive_hours_per_user", "reactive_hours_per_endpoint", "recurring_cause_share"],
    period,
)

frame.note(charts.DEMAND_SIGNS)
charts.draw(
    charts.demand_bars(clients),
    alt="Hours of reactive tickets by client, the most first, with tickets a user and month beside each bar.",
)
frame.rows_leading_to_client(clients, columns.DEMAND, key="demand_clients")
frame.section("What kind of work is it?")
tables.show(categories, columns.DEMAND_CATEGORIES, alt="Tickets and hours by category", key="categories")
frame.section("What keeps coming back?")
frame.note(desk.causes(session.one("metrics.recurring_cause_share", **period.months), categories))
tables.show(causes, columns.RECURRING_CAUSES, alt="What came back within a quarter", key="causes", at_most=20)

explain.how_made()
explain.left_out()
