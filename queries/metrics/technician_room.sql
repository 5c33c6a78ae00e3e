-- name: metrics.technician_room
-- purpose: By how many hours each service technician lies over the healthy band over the chosen months, and how many
--   more would fit into it, the most room first; no room where nobody can give work, or nothing is known of the time.
-- grain: technician_key
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays
-- columns:
--   technician_key   VARCHAR  key of the technician
--   technician       VARCHAR  the technician
--   utilisation_net  DOUBLE   client hours / net hours; empty for who logged no hour: nothing is known of that time
--   net_share        DOUBLE   net hours / contracted hours: 1 without any leave or holiday
--   time_capture     DOUBLE   logged hours / net hours
--   hours_over_band  DOUBLE   client hours beyond the upper end of the band; 0 up to it
--   hours_of_room    DOUBLE   client hours missing to the upper end of the band; 0 from it on; empty with no_room
--   no_room          VARCHAR  why there is none: has left (by the months' last day), or logged no hour in them

with employed as (
    select technician_key, arg_max(coalesce(ends_on, date '9999-12-31'), version_from) as until
    from core.dim_technician_versions
    group by technician_key
),

people as (
    select found.*,
        case
            when employed.until <= last_day($month_to) then 'has left' when found.logged_hours = 0 then 'logged no hour'
        end as no_room
    from metrics.technician_utilisation($month_from, $month_to) as found
    left join employed using (technician_key)
)

select people.technician_key, people.technician,
    case when people.logged_hours > 0 then people.utilisation_net end as utilisation_net,
    share(people.net_hours, people.gross_hours) as net_share, people.time_capture,
    hours_beyond(people.client_hours, band.high * people.net_hours) as hours_over_band,
    case
        when people.no_room is null then hours_beyond(band.high * people.net_hours, people.client_hours)
    end as hours_of_room,
    people.no_room
from people
inner join core.benchmark as band on band.number = 'utilisation_net'
order by hours_of_room desc nulls last, people.technician asc
