"""Can these numbers be trusted?"""

from vitals.ui import charts, data_health
from vitals.ui.page import columns, explain, frame, session, tables
from vitals.ui.words import loads

frame.open_page("data_health", dated="")
balances = session.run("metrics.load_balances")
steps = session.run("metrics.step_balances")
accounts = session.run("metrics.load_accounts")
left_out = session.run("metrics.left_out_counts")

frame.headline(loads.trust(balances, steps, data_health.waiting(left_out)))
data_health.amounts()
data_health.warnings(accounts)
data_health.versions()
frame.note("Rows of the files that reach no number, a bar for each reason, and what became of them.")
charts.draw(
    charts.left_out_bars(data_health.reasons(left_out)),
    alt="Rows that did not reach the numbers, by reason; those that can't be read or wait for a choice stand out.",
)

frame.section("Both sides of every load")
tables.show(balances, columns.BALANCES, alt="Rows, money and hours of each load: read and accounted for", key="loads")
frame.section("Where each file comes from, and which months it covers")
tables.show(accounts, columns.ACCOUNTS, alt="Each load: file, system, months, what replaced it", key="accounts")
frame.section("Both sides of every step")
tables.show(steps, columns.STEPS, alt="Rows, money and hours before and after each step", key="steps")
frame.section("What was left out, and why")
data_health.left_out(left_out)
frame.section("What looks odd but counts")
data_health.flags()
frame.section("Checks")
data_health.checks(accounts)

explain.how_made()
