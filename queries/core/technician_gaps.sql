-- name: core.technician_gaps
-- purpose: Months in which a technician has far fewer hours than usual, and no leave that explains it: hours are
--   probably missing. Longer runs of them are another way of working, or somebody who left.
-- grain: technician_key, month_start
-- columns:
--   technician_key  VARCHAR  key of the technician
--   month_start     DATE     the month, complete for labour
--   hours           DOUBLE   hours on file in it
--   usual_hours     DOUBLE   median of the technician's months with hours
--   hours_share     DOUBLE   hours / usual hours

with worked as (
    select labour.technician_key, labour.month_start, sum(labour.hours) as hours
    from core.fct_labour_monthly as labour
    inner join core.months as months using (month_start)
    where labour.technician_key is not null and months.is_complete_for_labour
    group by labour.technician_key, labour.month_start
),

people as (
    -- of fewer than four months, or 40 hours in one of them, what is usual says little
    select technician_key, min(month_start) as first_month, max(month_start) as last_month,
        quantile_cont(cast(hours as double), 0.5) as usual_hours
    from worked
    group by technician_key
    having count(*) >= 4 and usual_hours >= 40
),

listed as (
    select technician_key, month_start, sum(time_off_hours) as away, sum(employed_weekdays) < any_value(weekdays)
            as is_part
    from core.technician_months
    group by technician_key, month_start
),

judged as (
    -- in the first and the last month with hours somebody may have come or gone
    select people.technician_key, months.month_start, cast(coalesce(worked.hours, 0) as double) as hours,
        people.usual_hours, coalesce(listed.is_part, false) as is_part, coalesce(listed.away, 0) as away
    from people
    inner join core.months as months
        on months.month_start > people.first_month and months.month_start < people.last_month
            and months.is_complete_for_labour and months.has_labour
    left join worked using (technician_key, month_start)
    left join listed using (technician_key, month_start)
),

thin as (
    select judged.*, date_diff('month', judged.month_start, date '2000-01-01')
        + row_number() over (partition by judged.technician_key order by judged.month_start) as run
    from judged
    inner join core.benchmark as bound on bound.number = 'thin_technician_month'
    where not judged.is_part and judged.hours + judged.away < bound.low * judged.usual_hours
)

select technician_key, month_start, hours, usual_hours, share(hours, usual_hours) as hours_share
from thin
qualify count(*) over (partition by technician_key, run) <= 3
