"""Can these numbers be trusted?"""

from vitals.ui import charts, ledger, versions
from vitals.ui.page import columns_health, explain, frame, session, tables
from vitals.ui.words import data_health

frame.open_page("data_health", needs=["*"], dated="")
balances = session.run("metrics.load_balances")
steps = session.run("metrics.step_balances")
accounts = session.run("metrics.load_accounts")
left_out = session.run("metrics.left_out_counts")

frame.answer(data_health.trust(balances, steps, ledger.waiting(left_out)))
ledger.amounts()
ledger.warnings(accounts)
versions.draw()
frame.note("Rows of the files that reach no number, a bar for each reason, and what became of them.")
charts.draw(
    charts.left_out_bars(ledger.reasons(left_out)),
    alt="Rows that did not reach the numbers, by reason; those that can't be read or wait for a choice stand out.",
)

frame.section("Both sides of every load")
tables.show(
    balances, columns_health.BALANCES, alt="Rows, money and hours of each load: read and accounted for", key="loads"
)
frame.section("Where each file comes from, and which months it covers")
tables.show(accounts, columns_health.ACCOUNTS, alt="Each load: file, system, months, what replaced it", key="accounts")
frame.section("Both sides of every step")
tables.show(steps, columns_health.STEPS, alt="Rows, money and hours before and after each step", key="steps")
frame.section("What was left out, and why")
ledger.left_out(left_out)
frame.section("What looks odd but counts")
ledger.flags()
frame.section("Checks")
ledger.checks()

explain.how_made(
    metrics=[],
    queries=["metrics.load_balances", "metrics.load_accounts", "metrics.load_matches", "metrics.step_balances"],
)
