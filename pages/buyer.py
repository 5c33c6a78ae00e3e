"""What would a provider cost us?"""

from vitals import formats
from vitals.ui import charts
from vitals.ui.page import explain, frame, pricing_columns, register, session, tables
from vitals.ui.words import buying

frame.open_page("buyer", dated="")
offers = session.run("metrics.engagement_cost")
parts = session.run("metrics.engagement_parts")
known = formats.rows(offers)

frame.headline(buying.whole_cost(known))
frame.note("For an IT lead or procurement: nothing need be loaded, and what you write is kept with the workspace.")
register.draw("buyer_offers")
if known:
    tables.show(
        offers, pricing_columns.OFFERS, alt="The offers with all that they cost and how they score", key="offers"
    )
    shown = frame.choose_one("offer", list(offers["provider"]))
    frame.note("What this offer costs over its term: the fee, and what comes on top of it.")
    charts.draw(
        charts.engagement(parts[parts["provider"] == shown]),
        alt="The fee of the offer over its term, each cost on top of it, and all together.",
    )

frame.section("What comes on top of the fee")
frame.note("Each as a share of a year's fee or as an amount. The shares shown at first are our judgement.")
register.draw("engagement_costs")

frame.section("How good is each provider?")
frame.note(buying.best_scored(known))
register.draw("vendor_scores")

frame.section("What downtime does a promise allow?")
tables.show(
    session.run("metrics.uptime_downtime"), pricing_columns.DOWNTIME, alt="Allowed downtime by tier", key="downtime"
)
register.draw("uptime_tiers")

frame.section("Could we leave?")
frame.note(buying.leaving(known))
register.draw("lock_in_terms")

explain.how_made()
