-- name: core.calendar_months
-- purpose: Every month of the calendar with its weekdays and the days by which a source must begin and end to be whole.
-- grain: month_start
-- columns:
--   month_start              DATE    first of the month
--   weekdays                 BIGINT  Mondays to Fridays in it, holidays too
--   last_weekday             DATE    its last Monday to Friday
--   third_business_day       DATE    its third weekday that is no holiday
--   third_last_business_day  DATE    its third-last weekday that is no holiday

with months as (
    select month_start, count(*) as weekdays, max(day) as last_weekday,
        list(day order by day asc) filter (where not is_holiday) as business_days
    from core.calendar
    where is_weekday
    group by month_start
)

select month_start, weekdays, last_weekday,
    -- a month with fewer business days than three, or none, is measured by those it has, or by its last weekday
    coalesce(business_days[3], business_days[-1], last_weekday) as third_business_day,
    coalesce(business_days[-3], business_days[1], last_weekday) as third_last_business_day
from months
