-- name: core.calendar_months
-- purpose: Every month of the calendar with its weekdays.
-- grain: month_start
-- columns:
--   month_start   DATE    first of the month
--   weekdays      BIGINT  Mondays to Fridays in it, holidays too
--   last_weekday  DATE    its last Monday to Friday

select month_start, count(*) as weekdays, max(day) as last_weekday
from core.calendar
where is_weekday
group by month_start
