-- name: metrics.backlog
-- purpose: Whether the desk keeps up over those of the chosen months that are complete for tickets: what came in, what
--   was ended, and what was open before and after.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- uses: holidays
-- columns:
--   last_month         DATE    the last of the months that is complete for tickets; empty if none is
--   months             BIGINT  how many of them are
--   opened             BIGINT  tickets of people opened in them
--   ended              BIGINT  of all such tickets those resolved, else closed, in them
--   open_before        BIGINT  open as the first of them began, as far as the list of tickets goes back
--   begins_on          DATE    the first of them, where no ticket was opened before it: what was open then isn't known,
--                              and ages are lower bounds; empty otherwise
--   open_at_end        BIGINT  open as the last of them ended: open before + opened - ended
--   open_over_30_days  BIGINT  of them those opened more than 30 days before
--   over_30_share      DOUBLE  open over 30 days / open at the end
--   median_age_days    DOUBLE  half of the open ones are no older, in calendar days
--   business_days      BIGINT  business days of the months
--   days_to_clear      DOUBLE  open at the end / ended on a business day of the months

with held as (
    select max(month_start) as last_month, min(month_start) as first_month, count(*) as months, sum(opened) as opened,
        sum(ended) as ended, arg_max(open_at_end, month_start) as open_at_end,
        arg_max(open_over_30_days, month_start) as open_over_30_days,
        arg_max(median_age_days, month_start) as median_age_days
    from metrics.backlog_monthly
    where month_start between $month_from and $month_to
),

days as (
    select count(*) as business_days
    from core.calendar as calendar
    inner join held on calendar.day between held.first_month and last_day(held.last_month)
    where calendar.is_weekday and not calendar.is_holiday
)

select held.last_month, held.months, cast(held.opened as bigint) as opened, cast(held.ended as bigint) as ended,
    cast(held.open_at_end - held.opened + held.ended as bigint) as open_before,
    case when held.first_month <= span.first_month then held.first_month end as begins_on, held.open_at_end,
    held.open_over_30_days, share(held.open_over_30_days, held.open_at_end) as over_30_share, held.median_age_days,
    days.business_days, share(held.open_at_end, share(held.ended, days.business_days)) as days_to_clear
from held
cross join days
cross join core.ticket_span as span
