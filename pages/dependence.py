"""What hangs on one person?"""

from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import people

period = frame.open_page("dependence")
dependence = session.one("metrics.dependence", **period.months)
owner = session.one("metrics.owner_dependence", **period.months)
clients = session.run("metrics.client_dependence", **period.months)
categories = session.run("metrics.category_dependence", **period.months)
persons = session.run("metrics.person_dependence", **period.months)

frame.headline(people.dependence(dependence))
frame.note(people.owner(owner))
cards.draw(["exposed_mrr", "exposed_share", "owner_hours_share", "owner_escalation_share"], period)

frame.note(charts.DEPENDENCE_SIGNS)
charts.draw(
    charts.dependence_bars(clients),
    alt="The share of each client's hours that one technician did, with the line of one half.",
)
frame.rows_leading_to_client(clients, columns.CLIENT_DEPENDENCE, key="client_dependence")
frame.section("What if somebody left?")
frame.note(people.HALF_RULE)
tables.show(persons, columns.PERSON_DEPENDENCE, alt="What hangs on each technician", key="persons")
frame.section("Which work can only one person do?")
explain.leading_to_rows(
    categories, columns.CATEGORY_DEPENDENCE, "category_top_share", alt="The share of one technician by category",
    key="categories",
)  # fmt: skip

explain.how_made(["clients_on_one", "bus_factor"])
explain.left_out()
