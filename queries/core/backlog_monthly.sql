-- name: core.backlog_monthly
-- purpose: The tickets of people that were open at each month's end, rebuilt from when each was opened and ended.
-- grain: month_start
-- columns:
--   month_start        DATE    the month, from the first opening to the last one complete for tickets
--   open_at_end        BIGINT  opened before the next month, and not ended before it
--   up_to_1_day        BIGINT  of them those opened at most 24 hours before that moment
--   up_to_3_days       BIGINT  of them those opened more than that, and at most 3 x 24 hours before
--   up_to_7_days       BIGINT  the same, up to 7
--   up_to_14_days      BIGINT  the same, up to 14
--   up_to_30_days      BIGINT  the same, up to 30
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
),

aged as (
    select ends.month_start, epoch(ends.moment - followed.opened_at) / 86400 as age_days
    from ends
    left join followed on ends.moment > followed.opened_at and ends.moment <= followed.ended_at
)

select month_start, count(age_days) as open_at_end, count(*) filter (where age_days <= 1) as up_to_1_day,
    count(*) filter (where age_days > 1 and age_days <= 3) as up_to_3_days,
    count(*) filter (where age_days > 3 and age_days <= 7) as up_to_7_days,
    count(*) filter (where age_days > 7 and age_days <= 14) as up_to_14_days,
    count(*) filter (where age_days > 14 and age_days <= 30) as up_to_30_days,
    count(*) filter (where age_days > 30) as open_over_30_days, quantile_cont(age_days, 0.5) as median_age_days
from aged
group by month_start
