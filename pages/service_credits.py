"""What would service credits have cost?"""

from vitals.ui import charts, credits
from vitals.ui.page import cards, explain, frame, pricing_columns, session
from vitals.ui.words import credits as words

period = frame.open_page("service_credits")
months = session.run("metrics.sla_credit_backtest", **period.months)
clients = session.run("metrics.sla_credit_clients", **period.months)

frame.headline(words.cost(session.one("metrics.sla_credit_summary", **period.months)))
cards.draw(["credits_kept", "credits_share", "clients_credited", "clients_may_leave"], period)

frame.note(
    "Each client month by month, as if its service levels had been promised: most credits first, the money at the end."
)
frame.note(charts.CREDIT_SIGNS)
charts.draw(
    charts.credit_strip(months, clients),
    alt="Each client by month: met, warning, remediation, penalty or termination, with its credits at the row's end.",
)
frame.rows_leading_to_client(clients, pricing_columns.CREDITS, key="credits")
credits.terms(clients["client"])
credits.safe_targets(period)
credits.trap()
credits.severities(period)

explain.how_made(["safe_target", "chance_of_miss"])
explain.left_out()
