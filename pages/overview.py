"""How healthy is the business?"""

from vitals.ui import actions, charts, margins
from vitals.ui.page import cards, columns, contents, explain, frame, session, tables
from vitals.ui.words import caveats, sentences

period = frame.open_page("overview")
margin = cards.figure("gross_margin_after_bench_pct", period)
company = session.one("metrics.company_margin", **period.months)
clients = {**company, **session.one("metrics.client_margin_summary", **period.months)}
team = session.one("metrics.utilisation", **period.months)
people = session.one("metrics.utilisation_summary", **period.months)
reviewed = session.one("metrics.qbr_summary", as_of=period.as_of)
monthly = tables.within(session.run("metrics.company_margin_monthly"), period)
todo = actions.found(period)

frame.headline(
    sentences.overview(margin.value, margin.before, clients, period.label, margin.number.label, margin.compared_with)
)
actions.verdict(period, todo, clients)
frame.note(caveats.of_margins(clients))
frame.note(explain.rests_on("loaded_hourly_cost", clients.get("assumed_rate_hours")))
cards.draw(
    ["gross_margin_after_bench_pct", "bench_labour", "team_utilisation_net", "completion_pct"],
    period,
)
margins.losers(clients, period)
actions.listed(todo, clients)

frame.section("Month by month")
frame.note(f"{margin.number.label} in money, a bar for each month; above it the share of revenue.")
charts.draw(
    charts.months_bars(monthly, margin.number.column.removesuffix("_pct"), margin.number.column),
    alt="Gross margin of the company by month in money, with the margin in per cent above each bar.",
)
frame.section("What to look at next")
frame.lead("client_margin", sentences.margin(clients, period.label))
frame.lead("utilisation", contents.or_what_to_load("utilisation", sentences.utilisation({**team, **people})))
frame.lead("qbr", contents.or_what_to_load("qbr", sentences.reviews(reviewed)))
tables.show(monthly, columns.COMPANY, alt="The company by month", key="company")

explain.how_made(["money_at_stake"])
explain.left_out()
