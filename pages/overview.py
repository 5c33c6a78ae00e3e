"""How healthy is the business?"""

from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, needs, numbers, session, tables
from vitals.ui.words import sentences

period = frame.open_page("overview")
margin = session.one("metrics.client_margin_summary", **period.months)
company = numbers.rows(period, "metrics.company_margin", "metrics.utilisation", "metrics.qbr_completion")
people = session.one("metrics.utilisation_summary", **period.months)
reviewed = session.one("metrics.qbr_summary", as_of=period.as_of)
monthly = tables.until(session.run("metrics.company_margin_monthly"), period)
utilisation = tables.until(session.run("metrics.utilisation_monthly"), period)
held_reviews = session.run("metrics.qbr_monthly", as_of=period.as_of)

frame.headline(sentences.overview(company, margin, period.label))
frame.note(sentences.margin_caveat(margin))
cards.draw(
    company,
    [
        cards.Card("gross_margin_pct", trend=monthly["gross_margin_pct"]),
        cards.Card("service_gross_margin_pct", trend=monthly["service_gross_margin_pct"]),
        cards.Card("utilisation_net", trend=utilisation["utilisation_net"]),
        cards.Card("completion_pct", trend=held_reviews["completion_pct"]),
    ],
)

frame.note("Gross margin in money, a bar for each month; above it the share of revenue.")
charts.draw(
    charts.months_bars(tables.within(monthly, period)),
    alt="Gross margin of the company by month in money, with the margin in per cent above each bar.",
)
frame.section("What to look at next")
frame.lead("client_margin", sentences.margin(margin, period.label))
frame.lead("utilisation", needs.or_what_to_load("utilisation", sentences.utilisation(people)))
frame.lead("qbr", needs.or_what_to_load("qbr", sentences.reviews(reviewed)))
tables.show(tables.within(monthly, period), columns.COMPANY, alt="The company by month", key="company")

explain.how_made(
    metrics=["gross_margin", "gross_margin_pct", "service_gross_margin_pct", "utilisation_net", "completion_pct"],
    queries=["metrics.company_margin", "metrics.company_margin_monthly", "metrics.utilisation"],
    assumed=["loaded_hourly_cost", "hours_per_week", "review_cadence_days"],
)
explain.left_out_of(["gross_margin", "utilisation_net", "completion_pct"], reads=["invoice_lines", "time_entries"])
