-- name: core.business_days
-- purpose: The business clock: minutes of working time before each day, and the day's own.
-- grain: day
-- columns:
--   day             DATE    the day
--   minutes_before  DOUBLE  business minutes from the calendar's first day to the start of this one
--   opens_at        DOUBLE  minutes after midnight at which the working day starts
--   minutes         DOUBLE  business minutes of the day, 0 at weekends and on holidays

with days as (
    select calendar.day, assumption.working_day_start as opens_at,
        case
            when calendar.is_weekday and not calendar.is_holiday
                then greatest(assumption.working_day_end - assumption.working_day_start, 0)
            else 0
        end as minutes
    from core.calendar as calendar
    cross join core.assumption as assumption
)

select day, sum(minutes) over (order by day asc) - minutes as minutes_before, opens_at, minutes
from days
