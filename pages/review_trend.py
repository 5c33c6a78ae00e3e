"""Do reviews happen before there is trouble?"""

from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import reviews

period = frame.open_page("review_trend", dated="as_of")
timing = session.one("metrics.review_timing", as_of=period.as_of)
groups = session.run("metrics.review_groups", as_of=period.as_of)
exposure = session.run("metrics.review_exposure", as_of=period.as_of)
warnings = session.run("metrics.review_warnings", as_of=period.as_of)

frame.headline(reviews.before_trouble(timing))
frame.note(reviews.BAD_MONTHS)
cards.draw(
    ["completion_pct", "reviews_after_share", "expected_share", "clients_warned"],
    period,
    notes={"reviews_after_share": reviews.counted(timing), "expected_share": reviews.exposed(timing)},
)

frame.note(
    "Of the clients that owed a review at a quarter's end, the per cent that had had it, by manager and by tier."
)
charts.draw(
    charts.completion_grid(groups),
    alt="Share of clients with their review, for each quarter, by account manager and by service tier.",
)
tables.show(groups, columns.REVIEW_GROUPS, alt="Reviews owed and held by manager, tier and quarter", key="groups")
frame.section("Which clients missed two in a row?")
frame.note(reviews.warned(timing))
if len(warnings):
    frame.rows_leading_to_client(warnings, columns.REVIEW_WARNINGS, key="warnings")
frame.section("How often are reviews held after a bad month, and how often else?")
tables.show(
    exposure, columns.EXPOSURE, alt="Reviews and months of exposure, after a bad month and else", key="exposure"
)

explain.how_made()
explain.left_out()
