-- name: core.technician_months
-- purpose: Contracted, absent and net hours of each technician and month up to the last month of the data.
-- grain: technician_key, version_from, month_start
-- columns:
--   technician_key     VARCHAR        key of the technician
--   version_from       DATE           the terms that held
--   month_start        DATE           the month
--   is_service         BOOLEAN        delivers service
--   hours_per_week     DOUBLE         contracted hours a week, the assumption where the file is silent
--   employed_weekdays  BIGINT         Mondays to Fridays employed on these terms
--   weekdays           BIGINT         Mondays to Fridays of the whole month
--   gross_hours        DECIMAL(28,9)  employed weekdays x hours per week / 5
--   holiday_hours      DECIMAL(28,9)  of them on holidays
--   time_off_hours     DECIMAL(28,9)  of them away, capped at each day's capacity, none on a holiday
--   net_hours          DECIMAL(28,9)  gross less holidays and time off

with bounds as (
    -- capacity begins a year before the data, so that any period with work in it is whole
    select cast(date_trunc('year', first_on) - interval 1 year as date) as first_day,
        last_day(data_through) as last_day
    from core.data_span
),

terms as (
    select versions.technician_key, versions.version_from, versions.is_service,
        coalesce(versions.hours_per_week, assumption.hours_per_week) as hours_per_week,
        greatest(versions.version_from, coalesce(versions.starts_on, versions.version_from), bounds.first_day)
            as first_day,
        least(versions.version_until - 1, coalesce(versions.ends_on, bounds.last_day), bounds.last_day) as last_day
    from staging.technician_versions as versions
    cross join core.assumption as assumption
    cross join bounds
    where bounds.last_day is not null
),

days as (
    select terms.technician_key, terms.version_from, terms.is_service, terms.hours_per_week, calendar.month_start,
        cast(terms.hours_per_week / 5 as decimal(18, 9)) as capacity, calendar.is_holiday,
        case when away.is_full_day then capacity else coalesce(away.hours, 0) end as away_hours
    from terms
    inner join core.calendar as calendar on calendar.day between terms.first_day and terms.last_day
    left join core.time_off_days as away on terms.technician_key = away.technician_key and calendar.day = away.day
    where calendar.is_weekday
),

months as (
    select technician_key, version_from, month_start, is_service, hours_per_week,
        count(*) as employed_weekdays, cast(sum(capacity) as decimal(28, 9)) as gross_hours,
        cast(coalesce(sum(capacity) filter (where is_holiday), 0) as decimal(28, 9)) as holiday_hours,
        cast(coalesce(sum(greatest(least(away_hours, capacity), 0)) filter (where not is_holiday), 0) as decimal(28, 9))
            as time_off_hours
    from days
    group by technician_key, version_from, month_start, is_service, hours_per_week
)

select months.technician_key, months.version_from, months.month_start, months.is_service, months.hours_per_week,
    months.employed_weekdays, calendar_months.weekdays, months.gross_hours, months.holiday_hours,
    months.time_off_hours,
    cast(months.gross_hours - months.holiday_hours - months.time_off_hours as decimal(28, 9)) as net_hours
from months
inner join core.calendar_months as calendar_months using (month_start)
