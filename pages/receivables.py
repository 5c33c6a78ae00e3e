"""Who pays late?"""

from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import revenue

period = frame.open_page("receivables", dated="")
day = session.one("metrics.payments_day").get("as_of")
owed = session.one("metrics.receivables", as_of=day)
ageing = session.run("metrics.receivable_ageing", as_of=day)
invoices = session.run("metrics.open_invoices", as_of=day)
clients = session.run("metrics.client_payments", as_of=day)

frame.headline(revenue.receivables(owed))
frame.note(revenue.account_of_payments(owed, day))
over = {"days_to_pay": revenue.paid_over(owed)}
cards.draw(["overdue_amount", "overdue_share", "days_to_pay", "late_share"], period, notes=over, as_of=day)

frame.note("What is not paid, by how long it has been due: the amount, and the number of invoices.")
charts.draw(
    charts.ageing_bars(ageing),
    alt="What is open by how long it has been due, from not due yet to more than 90 days overdue.",
)
tables.show(ageing, columns.AGEING, alt="What is open by how long it has been due", key="ageing")
frame.section("Which clients pay late?")
frame.rows_leading_to_client(clients, columns.PAYING, key="paying")
frame.section("Which invoices are open?")
tables.show(invoices, columns.OWED, alt="Invoices that are not paid, the longest overdue first", key="owed")

explain.how_made(["open_amount"])
explain.left_out()
