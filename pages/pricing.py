"""Hours or outcome: what would each client be worth?"""

from vitals.ui import outcome, pricing
from vitals.ui.page import explain, frame

period = frame.open_page("pricing")
pricing.with_slider(
    period,
    pricing.own_prices,
    pricing.headline,
    pricing.numbers,
    pricing.curve_and_crossovers,
    pricing.clients,
    pricing.footing,
)

outcome.figures(period)

explain.how_made(["customer_pays", "provider_margin", "book_margin_unautomated", "crossover_automation_share"])
explain.left_out()
