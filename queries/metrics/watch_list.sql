-- name: metrics.watch_list
-- purpose: Who has been over or under the healthy band in each of the last two or more of the chosen months that are
--   complete for labour; the most hours a month first.
-- grain: technician_key
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays
-- columns:
--   technician_key   VARCHAR  key of the technician
--   technician       VARCHAR  the technician
--   state            VARCHAR  saturated, idle, or unread: under the band, but too little is logged to say so
--   months           BIGINT   months in a row, up to the last
--   since            DATE     the first of them
--   utilisation_net  DOUBLE   client hours / net hours of these months
--   time_capture     DOUBLE   logged hours / net hours of these months
--   hours_a_month    DOUBLE   hours a month beyond the nearer end of the band

with known as (
    select people.technician_key, people.technician, people.month_start, people.net_hours, people.logged_hours,
        people.client_hours, band.low, band.high,
        case
            when people.utilisation_net > band.high then 'saturated'
            when people.utilisation_net >= band.low then 'inside'
            when people.time_capture < legible.low then 'unread'
            else 'idle'
        end as state
    from metrics.technician_utilisation_monthly as people
    inner join core.benchmark as band on band.number = 'utilisation_net'
    inner join core.benchmark as legible on legible.number = 'time_capture'
    where people.month_start between $month_from and $month_to and people.utilisation_net is not null
),

followed as (
    select *, first_value(state) over latest_first as last_state,
        row_number() over latest_first
        = date_diff('month', month_start, (select max(every.month_start) from known as every)) + 1 as is_gapless
    from known
    window latest_first as (partition by technician_key order by month_start desc)
),

runs as (
    -- a month in another state, or one that isn't known, ends the run
    select *, count(*) filter (where state != last_state or not is_gapless) over (
            partition by technician_key order by month_start desc
        ) as breaks
    from followed
)

select technician_key, technician, last_state as state, count(*) as months, min(month_start) as since,
    utilisation_net(sum(client_hours), sum(net_hours)) as utilisation_net,
    time_capture(sum(logged_hours), sum(net_hours)) as time_capture,
    share(
        case
            when last_state = 'saturated' then hours_beyond(sum(client_hours), any_value(high) * sum(net_hours))
            else hours_beyond(any_value(low) * sum(net_hours), sum(client_hours))
        end, count(*)
    ) as hours_a_month
from runs
where breaks = 0 and last_state != 'inside'
group by technician_key, technician, last_state
having count(*) >= 2
order by list_position(['saturated', 'idle', 'unread'], last_state) asc, hours_a_month desc, technician asc
