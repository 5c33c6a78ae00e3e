"""Which client may be promised an outcome?"""

from vitals import formats
from vitals.ui import charts
from vitals.ui.page import cards, explain, frame, pricing_columns, register, session, tables
from vitals.ui.words import plans

period = frame.open_page("readiness", dated="as_of")
clients = session.run("metrics.readiness", as_of=period.as_of)
gates = session.run("metrics.readiness_gates", as_of=period.as_of)
engagements = session.run("metrics.product_or_retainer", as_of=period.as_of)

frame.headline(plans.readiness(session.one("metrics.readiness_summary", as_of=period.as_of)))
frame.note("A gate that fails is outweighed by no score. The bounds and weights are our judgement.")
frame.note(plans.promises(session.one("metrics.promise_counts", **period.months, as_of=period.as_of)))
cards.draw(["clients_ready", "clients_not_ready", "clients_untested", "median_score"], period)

frame.note(charts.GATE_SIGNS)
frame.note(plans.gates(session.assumed()))
charts.draw(
    charts.gate_grid(gates, clients["client"]),
    alt="Each client by gate: passed, failed, or not to be tested on this data. The table says what is missing.",
)
frame.rows_leading_to_client(clients, pricing_columns.READINESS, key="readiness_table")

frame.section("Product or retainer?")
frame.note(plans.retainers(formats.rows(engagements)))
frame.note(
    "Is success agreed on? Was the last review about outcomes, not activity? Has the work changed in two quarters? "
    "Is there an end? Three or four that say retainer: restructure the engagement."
)
tables.show(engagements, pricing_columns.ENGAGEMENTS, alt="The four questions, client by client", key="engagements")
frame.note("What no file answers, you do here; an end that nobody names is that of the agreements in force.")
register.draw("retainer_answers", clients=sorted(clients["client"]))

explain.how_made(["work_mix_distance"])
explain.left_out()
