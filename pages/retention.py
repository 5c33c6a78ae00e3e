"""Is revenue kept, year after year?"""

from vitals.ui import charts, lost
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import caveats, revenue

period = frame.open_page("retention")
year = session.one("metrics.yearly_retention", month_to=period.month_to)
trajectory = tables.within(session.run("metrics.retention_trajectory"), period)
cohorts = session.run("metrics.revenue_cohorts")

frame.headline(revenue.kept_year_after_year(year))
frame.note(revenue.kept_before(year))
lost.open_question(period)
frame.note(caveats.of_classes(session.one("metrics.revenue_classes", **period.months)))
cards.draw(["year_gross_retention", "year_net_retention", "year_logo_churn"], period)

frame.note("What is left of the recurring revenue of twelve months before, a point for each month.")
charts.draw(
    charts.retention_lines(trajectory),
    alt="Share of the recurring revenue of a year before that is kept, by month, with rises and without.",
)
tables.show(trajectory, columns.TRAJECTORY, alt="Retention over a year, by month", key="trajectory")
frame.section("What became of clients, by when they began?")
frame.note(
    "Recurring revenue in per cent of what it was in the quarter in which they began, a column for each quarter since, "
    "over all complete quarters. Clients of the first month on file stand in the first row, since nobody knows how "
    "long they had been clients; of those seen from a quarter on, the first bill may be a renewal. In brackets: how "
    "many began; a row of one or two clients is their story and no rate."
)
charts.draw(
    charts.cohort_grid(cohorts),
    alt="Recurring revenue kept by clients that began in the same quarter, for each quarter since.",
)
tables.show(cohorts, columns.COHORTS, alt="Clients and revenue kept, by the quarter they began in", key="cohorts")

explain.how_made()
explain.left_out()
