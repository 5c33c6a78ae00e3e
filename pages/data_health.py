"""Can these numbers be trusted?"""

from vitals.ui import charts, charts_health, columns, explain, frame, ledger, receipts, session, tables

frame.open_page("data_health", needs=["*"], dated="")
balances = session.run("metrics.load_balances")
left_out = session.run("metrics.left_out_rows")

frame.answer(receipts.trust(balances))
frame.note("Rows left out, by reason. Those in amber could not be read; the grey ones are no data.")
charts.draw(
    charts_health.left_out_bars(ledger.reasons(left_out)),
    alt="Rows that did not reach the numbers, by reason; those that could not be read stand out.",
)
frame.section("Both sides of every load")
tables.show(balances, columns.BALANCES, alt="Rows, money and hours of each load: read and accounted for", key="loads")
frame.section("What was left out, and why")
tables.show(left_out, columns.LEFT_OUT, alt="Each row that was left out, with its reason", key="left_out")
frame.section("What looks odd but counts")
tables.show(session.run("metrics.flag_counts"), columns.FLAGS, alt="Flags and how many rows carry them", key="flags")
frame.section("Checks")
ledger.checks()

explain.how_made(metrics=[], queries=["metrics.load_balances", "metrics.left_out_rows", "metrics.flag_counts"])
