-- name: core.backlog_monthly
-- purpose: The tickets of people that were open at each month's end, rebuilt from when each was opened and ended.
-- grain: month_start
-- columns:
--   month_start        DATE    the month, from the first opening to the last one complete for tickets
--   open_at_end        BIGINT  opened before the next month, and not ended before it
--   open_over_30_days  BIGINT  of them those opened more than 30 x 24 hours before that moment
--   median_age_days    DOUBLE  median of their ages at that moment in calendar days; empty where none is open

with ends as (
    select months.month_start, cast(months.month_start + interval 1 month as timestamp) as moment
    from core.calendar_months as months
    inner join core.ticket_span as span on months.month_start between span.first_month and span.last_month
),

followed as (
    select opened_at, coalesce(resolved_at, timestamp '9999-12-31 00:00:00') as ended_at
    from core.fct_tickets
    where is_followed and not is_auto_resolved
)

select ends.month_start, count(followed.opened_at) as open_at_end,
    count(*) filter (where followed.opened_at < ends.moment - interval 30 days) as open_over_30_days,
    quantile_cont(epoch(ends.moment - followed.opened_at) / 86400, 0.5) as median_age_days
from ends
left join followed on ends.moment > followed.opened_at and ends.moment <= followed.ended_at
group by ends.month_start
