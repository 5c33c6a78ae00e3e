"""Hours or outcome: what would each client be worth?"""

from vitals.ui import pricing
from vitals.ui.page import explain, frame

period = frame.open_page("pricing")
pricing.with_slider(
    period,
    pricing.own_prices,
    pricing.headline,
    pricing.numbers,
    pricing.curve_and_crossovers,
    pricing.clients,
)

explain.how_made(["customer_pays", "provider_margin", "crossover_automation_share"])
explain.left_out()
