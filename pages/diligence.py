"""What would a buyer find?"""

from vitals import formats
from vitals.ui import charts, lost, targets
from vitals.ui.page import cards, contents, explain, frame, pricing_columns, session, tables
from vitals.ui.words import caveats, people, plans, sentences
from vitals.ui.words import targets as words

period = frame.open_page("diligence")
asked = {**period.months, "as_of": period.as_of}
found = session.run("metrics.findings", **asked)
flags = session.run("metrics.red_flags", **asked)
leavers = formats.rows(session.run("metrics.flags_of_leavers", **period.months))
kept = session.one("metrics.period_retention", **period.months)
classes = session.one("metrics.revenue_classes", **period.months)
company = session.one("metrics.company_margin", **period.months)
margin = {**company, **session.one("metrics.client_margin_summary", **period.months)}
levels = session.one("metrics.service_levels", **period.months)
ready = session.one("metrics.readiness_summary", as_of=period.as_of)

frame.headline(words.findings(formats.rows(found)))
frame.note(words.flags(formats.rows(flags), leavers))
lost.open_question(period)
over = {"gross_revenue_retention": sentences.kept_over(kept)}
notes = {
    "gross_margin_after_bench_pct": caveats.of_a_card(margin),
    "gross_revenue_retention": sentences.kept_of(kept),
}
cards.draw(
    ["recurring_share", "gross_revenue_retention", "gross_margin_after_bench_pct", "exposed_mrr"],
    period,
    notes=notes,
    over=over,
)

frame.note("The findings with money, the most first. Amounts overlap: they are not a sum.")
charts.draw(
    charts.answer_bars(words.named(found), "name", "money", "amount"),
    alt="A bar for each finding that has money, the largest first.",
)
frame.section("The five things that a buyer looks at")
frame.lead("recurring_revenue", sentences.retention(kept, classes))
frame.lead("client_margin", contents.or_what_to_load("client_margin", sentences.margins(margin, company, period.label)))
frame.lead("dependence", people.dependence(session.one("metrics.dependence", **period.months)))
frame.lead("service_levels", contents.or_what_to_load("service_levels", sentences.service_levels(levels)))
frame.lead("readiness", plans.readiness(ready))

frame.section("What to look into first")
targets.findings(found)
tables.show(found, pricing_columns.FINDINGS, alt="All findings, the most money first", key="findings")
frame.section("The bounds that buyers set")
tables.show(words.with_words(flags), pricing_columns.RED_FLAGS, alt="Each bound and whether it is held", key="flags")

explain.how_made(targets.bounds())
explain.left_out()
