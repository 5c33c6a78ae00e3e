"""What must a fixed price be?"""

from vitals import formats
from vitals.ui import charts, outcome
from vitals.ui.page import cards, explain, frame, pricing_columns, session
from vitals.ui.words import plans, prices

period = frame.open_page("outcome_price")
clients = session.run("metrics.outcome_price", **period.months)

frame.headline(prices.corridors(formats.rows(clients), session.assumed()))
frame.note("The price of a month: what its expected hours and tools cost, a bad year, credits and your target margin.")
frame.note(plans.promises(session.one("metrics.promise_counts", **period.months, as_of=period.as_of)))
cards.draw(["sum_of_risk_loads", "pooled_risk_load", "portfolio_effect", "buyer_cushion"], period)

frame.note("A fee a month for each client that can be priced. Those that pay least of their target come first.")
frame.note(charts.CORRIDOR_SIGNS)
charts.draw(
    charts.corridors(clients),
    alt="For each client the floor, target and ceiling of a monthly outcome fee, and what it pays today.",
)
frame.rows_leading_to_client(clients, pricing_columns.OUTCOME_PRICES, key="outcome_prices")
outcome.one_fee(clients, period)
outcome.book(period)

explain.how_made(["fee_part", "surge_load"])
explain.left_out()
