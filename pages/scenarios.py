"""Which proposal is better?"""

from vitals import formats
from vitals.ui import charts, outcome, scenarios
from vitals.ui.page import explain, frame, pricing_columns, register, session, tables
from vitals.ui.words import plans

period = frame.open_page("scenarios")
client_key = scenarios.client(period)
compared = scenarios.compared(period, client_key)
rows = formats.rows(compared)

frame.headline(plans.scenarios(rows))
frame.note("Each over the same months and work. Nothing here changes what other pages show.")
frame.note(plans.of_proposals(rows, session.assumed()))
charts.draw(
    charts.proposals(compared),
    alt="For each proposal what is left for the provider, and what the clients pay.",
)
tables.show(compared, pricing_columns.SCENARIOS, alt="The proposals side by side", key="scenarios")

frame.section("Under which contract terms?")
frame.note("What a proposal says of a term holds for every client; what it leaves empty is as it stands. Dash: varies.")
tables.show(compared, pricing_columns.SCENARIO_TERMS, alt="The terms of service credits of each", key="scenario_terms")

frame.section("Write a proposal down")
frame.note("A model and what differs; what is left empty is as the assumptions and each client's terms say.")
register.draw("scenarios")

outcome.figures(period)
explain.how_made(["margin_left", "customer_pays", "provider_margin"])
explain.left_out()
