"""Who keeps the gain of automation?"""

from vitals.ui import outcome, pricing
from vitals.ui.page import explain, frame

period = frame.open_page("pricing_models")
pricing.models(period)
outcome.figures(period)

explain.how_made(["model_pays", "model_swing", "model_margin", "customer_gain", "provider_gain"])
explain.left_out()
