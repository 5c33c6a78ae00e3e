"""Which reviews were owed and not held?"""

from vitals.ui import charts, reviews
from vitals.ui.page import cards, columns, explain, frame, session
from vitals.ui.words import sentences

period = frame.open_page("qbr", dated="as_of")
summary = session.one("metrics.qbr_summary", as_of=period.as_of)
status = reviews.status(period.as_of)
quarters = session.run("metrics.qbr_quarters", as_of=period.as_of)

frame.headline(sentences.reviews(summary))
cards.draw(["completion_pct", "mrr_weighted_pct", "clients_overdue", "overdue_mrr"], period)

frame.note("A sign for each client and quarter, first those without the review owed, by recurring revenue:")
frame.note(charts.REVIEW_SIGNS)
charts.draw(
    charts.review_grid(quarters, status["client"]),
    alt="Each client by quarter: review held, held late, missed, open, not due or not known. The table says how long.",
)
frame.rows_leading_to_client(status, columns.REVIEWS, key="review_table")

explain.how_made()
explain.left_out()
