-- name: metrics.ticket_quarters
-- purpose: The quarter of a day and the seven before it, with the months of each that the tickets speak of, so that a
--   quarter of which they tell a part alone is neither compared nor drawn as a whole one.
-- grain: quarter_start
-- params: as_of DATE
-- needs: tickets
-- columns:
--   quarter_start  DATE     its first day
--   judged_on      DATE     its last day, or the day asked about where that comes first
--   first_month    DATE     the first of its months that the tickets speak of; empty without any
--   last_month     DATE     the last of them
--   months         BIGINT   how many there are
--   begins_on      DATE     the day of the first ticket, where its month lies in the quarter and is known in part alone
--   is_whole       BOOLEAN  whether these are all three, from their beginning

with spoken as (
    select quarters.quarter_start, quarters.judged_on,
        cast(greatest(quarters.quarter_start, span.first_month) as date) as first_month,
        cast(least(date_trunc('month', quarters.judged_on), span.last_month) as date) as last_month,
        case when date_trunc('quarter', span.begins_on) = quarters.quarter_start then span.begins_on end as begins_on,
        coalesce(span.first_month <= span.last_month, false) as is_any
    from metrics.review_quarters($as_of) as quarters
    cross join core.ticket_span as span
)

select quarter_start, judged_on, case when is_any and first_month <= last_month then first_month end as first_month,
    case when is_any and spoken.first_month <= last_month then last_month end as last_month,
    case when is_any then greatest(months_in(spoken.first_month, spoken.last_month), 0) else 0 end as months,
    spoken.begins_on,
    is_any and spoken.begins_on is null and months_in(spoken.first_month, spoken.last_month) = 3 as is_whole
from spoken
order by quarter_start asc
