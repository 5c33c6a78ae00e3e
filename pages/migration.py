"""When does which client move, and what is it worth?"""

from vitals.ui import charts, outcome
from vitals.ui.page import cards, explain, frame, pricing_columns, session, tables
from vitals.ui.words import plans

period = frame.open_page("migration", dated="as_of")
plan = session.run("metrics.migration_plan", as_of=period.as_of)
bridge = session.run("metrics.migration_bridge", as_of=period.as_of)
summary = session.one("metrics.migration_summary", as_of=period.as_of)

frame.headline(plans.migration(summary, session.assumed()))
frame.note(plans.of_migration(summary))
frame.note(plans.notices(summary))
frame.note(plans.of_figures("migration", session.assumed()))
cards.draw(
    ["current_margin", "planned_margin", "plan_break_even", "under_water_loss"],
    period,
    notes=plans.of_a_year(summary),
)

frame.note("Margin a year from today to the plan, a step for each quarter in which clients move.")
charts.draw(
    charts.migration_bridge(bridge),
    alt="From today's margin a year to that after the plan, with what the moves of each quarter add.",
)
tables.show(
    bridge, pricing_columns.BRIDGE, alt="The plan by quarter, with the capital at risk as it grows", key="bridge"
)
frame.section("In which order")
frame.note("First who is under water, then by the renewal at which a client can move; last come those that stay.")
frame.note(plans.promises(session.one("metrics.promise_counts", **period.months, as_of=period.as_of)))
frame.rows_leading_to_client(plan, pricing_columns.MIGRATION, key="migration_plan")

outcome.figures(period)
explain.how_made()
explain.left_out()
