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

explain.how_made(
    metrics=["customer_pays", "provider_margin", "provider_margin_pct", "crossover_automation_share"],
    queries=["metrics.pricing_regimes", "metrics.pricing_summary", "metrics.pricing_curve"],
    assumed=["bill_rate", "target_gross_margin", "automation_share", "seat_price", "loaded_hourly_cost"],
)
explain.left_out_of(
    ["customer_pays", "provider_margin", "crossover_automation_share"],
    reads=["invoice_lines", "time_entries", "tickets"],
)
