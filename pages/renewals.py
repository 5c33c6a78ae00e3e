"""Which contracts come up, and by when must notice be given?"""

from vitals.ui import charts
from vitals.ui.page import cards, columns, explain, frame, session, tables
from vitals.ui.words import revenue

period = frame.open_page("renewals", dated="as_of")
summary = session.one("metrics.renewals", as_of=period.as_of)
calendar = revenue.with_standing(session.run("metrics.renewal_calendar", as_of=period.as_of))
blocks = revenue.with_block_states(session.run("metrics.block_hours", as_of=period.as_of))

frame.headline(revenue.renewals(summary))
frame.note(revenue.notices(summary))
cards.draw(["notices_90", "stake_90", "notices_past", "without_notice"], period)

frame.note("By when notice is to be given and when the contract comes up, with the monthly revenue at stake.")
frame.note(charts.RENEWAL_SIGNS)
charts.draw(
    charts.renewal_marks(calendar, period.as_of),
    alt="For each agreement that comes up the last day of notice and the renewal, the earliest notice first.",
)
frame.rows_leading_to_client(calendar, columns.RENEWALS, key="renewals")
frame.section("Which blocks of hours run out?")
frame.note(revenue.blocks_of_hours(blocks["state"].tolist()))
if len(blocks):
    tables.show(
        blocks, columns.BLOCKS, alt="How far each block of hours is used up, and when it runs out", key="blocks"
    )

explain.how_made()
explain.left_out()
