-- name: core.calendar
-- purpose: Every day of 2000 to 2100 with what makes it a working day.
-- grain: day
-- columns:
--   day          DATE     the day
--   month_start  DATE     first of its month
--   is_weekday   BOOLEAN  Monday to Friday
--   is_holiday   BOOLEAN  whether it is among the holidays that count

select cast(days.generate_series as date) as day,
    cast(date_trunc('month', days.generate_series) as date) as month_start,
    isodow(days.generate_series) <= 5 as is_weekday,
    exists (select 1 from core.holidays as holidays where holidays.day = cast(days.generate_series as date))
        as is_holiday
from generate_series(date '2000-01-01', date '2100-12-31', interval 1 day) as days
