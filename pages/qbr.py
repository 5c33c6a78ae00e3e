"""Which reviews were owed and not held?"""

from vitals.ui import charts, reviews
from vitals.ui.page import cards, columns, explain, frame, numbers, session
from vitals.ui.words import sentences

period = frame.open_page("qbr", dated="as_of")
summary = session.one("metrics.qbr_summary", as_of=period.as_of)
status = reviews.status(period.as_of)
quarters = session.run("metrics.qbr_quarters", as_of=period.as_of)
monthly = session.run("metrics.qbr_monthly", as_of=period.as_of)

frame.headline(sentences.reviews(summary))
cards.draw(
    numbers.rows(period, "metrics.qbr_completion", "metrics.qbr_summary"),
    [
        cards.Card("completion_pct", trend=monthly["completion_pct"]),
        cards.Card("mrr_weighted_pct", label="Weighted by revenue"),
        cards.Card("clients_overdue"),
        cards.Card("overdue_mrr", label="Revenue without review"),
    ],
)

frame.note("A sign for each client and quarter:")
frame.note(charts.REVIEW_SIGNS)
charts.draw(
    charts.review_grid(quarters),
    alt="Each client by quarter: review held, held late, missed, or not due. The table below says how long ago.",
)
frame.rows_leading_to_client(status, columns.REVIEWS, key="review_table")

explain.how_made(
    metrics=["completion_pct", "mrr_weighted_pct", "days_overdue"],
    queries=["metrics.qbr_completion", "metrics.qbr_status", "metrics.qbr_quarters"],
    assumed=["review_cadence_days"],
)
explain.left_out_of(["completion_pct", "days_overdue"], reads=["reviews", "clients"])
