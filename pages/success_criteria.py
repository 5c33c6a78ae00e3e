"""What will be true in a year, and are we on the way?"""

from vitals.ui import charts
from vitals.ui.page import cards, explain, frame, pricing_columns, register, session, tables
from vitals.ui.words import plans

period = frame.open_page("success_criteria", dated="as_of")
criteria = session.run("metrics.criteria_tracking", as_of=period.as_of)
clients = session.run("metrics.renewal_plan", as_of=period.as_of)

frame.headline(plans.criteria(session.one("metrics.criteria_summary", as_of=period.as_of)))
frame.note("At most six a client, each a state with a measure and a target; reviewed monthly, quarterly or yearly.")
if len(criteria):
    cards.draw(["criteria_met", "criteria_missed", "criteria_unknown", "reviews_past"], period)
    frame.note("How many of each client's criteria are met, missed or not known:")
charts.draw(
    charts.criteria_bars(criteria),
    alt="For each client how many of its success criteria are met, missed or not known.",
)
if len(criteria):
    tables.show(
        criteria, pricing_columns.CRITERIA, alt="Each criterion with its value, target and next review", key="criteria"
    )

frame.section("Write them down")
frame.note("What the tickets or the outcomes file measure is tracked by itself; of anything else say the value here.")
register.draw("success_criteria", clients=sorted(clients["client"]))

explain.how_made()
explain.left_out()
