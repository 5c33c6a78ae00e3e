-- name: metrics.capacity_months
-- purpose: The three months after the last one, up to a month, that is complete for labour: the client hours that the
--   trend leads to, and those that contracted time has room for within the healthy band.
-- grain: month_start
-- params: month_to DATE
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays
-- columns:
--   month_start      DATE    the month
--   expected_hours   DOUBLE  client hours on the line of the last twelve months, at least 0; empty with fewer than six
--   gross_hours      DOUBLE  contracted hours of the service technicians employed in it, on the terms known today
--   net_hours        DOUBLE  gross hours x the share left after leave and holidays in the last twelve months
--   capacity_hours   DOUBLE  net hours x the upper end of the healthy band
--   hours_left       DOUBLE  capacity hours - expected hours; below 0 is missing
--   technicians      BIGINT  service technicians employed in it

with ahead as (
    select trend.*, steps.range as step,
        cast(trend.last_month + to_months(cast(steps.range as integer)) as date) as month_start
    from metrics.capacity_demand($month_to) as trend
    cross join range(1, 4) as steps
    where trend.last_month is not null
),

staffed as (
    -- terms that begin later count from their day, and nobody after their last one
    select ahead.month_start, versions.technician_key, count(*) as weekdays,
        any_value(coalesce(versions.hours_per_week, assumption.hours_per_week)) as hours_per_week
    from ahead
    inner join core.calendar as calendar on ahead.month_start = calendar.month_start
    inner join core.dim_technician_versions as versions
        on calendar.day >= versions.version_from
        and calendar.day < versions.version_until
        and calendar.day between coalesce(versions.starts_on, calendar.day) and coalesce(versions.ends_on, calendar.day)
    cross join core.assumption as assumption
    where calendar.is_weekday and versions.is_service
    group by ahead.month_start, versions.technician_key, versions.version_from
),

contracted as (
    select month_start, sum(weekdays * hours_per_week / 5) as gross_hours,
        count(distinct technician_key) as technicians
    from staffed
    group by month_start
),

compared as (
    select ahead.month_start,
        case when ahead.slope is not null then greatest(ahead.at_last + ahead.slope * ahead.step, 0) end
            as expected_hours,
        contracted.gross_hours, contracted.gross_hours * ahead.net_share as net_hours,
        contracted.gross_hours * ahead.net_share * band.high as capacity_hours, contracted.technicians
    from ahead
    left join contracted using (month_start)
    inner join core.benchmark as band on band.number = 'utilisation_net'
)

select month_start, expected_hours, gross_hours, net_hours, capacity_hours,
    capacity_hours - expected_hours as hours_left, coalesce(technicians, 0) as technicians
from compared
order by month_start asc
