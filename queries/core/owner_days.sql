-- name: core.owner_days
-- purpose: Every business day on which the MSP had an owner, how many owners it had, and how long each was away.
-- grain: day, technician_key
-- columns:
--   day             DATE           the day: a weekday that is no holiday
--   month_start     DATE           first of its month
--   technician_key  VARCHAR        key of the owner
--   hours_per_week  DOUBLE         contracted hours a week, as the file says
--   hours_away      DECIMAL(28,9)  hours of time off; 0 if none
--   is_full_day     BOOLEAN        whether a row of time off states no hours, which is the full day

select calendar.day, calendar.month_start, owners.technician_key, owners.hours_per_week,
    cast(coalesce(away.hours, 0) as decimal(28, 9)) as hours_away, coalesce(away.is_full_day, false) as is_full_day
from staging.technician_versions as owners
cross join core.data_span as span
inner join core.calendar as calendar
    on calendar.day >= owners.version_from
    and calendar.day < owners.version_until
    and calendar.day between coalesce(owners.starts_on, calendar.day) and coalesce(owners.ends_on, calendar.day)
    and calendar.day between span.first_on and last_day(span.data_through)
left join core.time_off_days as away on owners.technician_key = away.technician_key and calendar.day = away.day
where owners.is_owner and calendar.is_weekday and not calendar.is_holiday
