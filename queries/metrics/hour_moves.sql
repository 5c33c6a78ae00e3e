-- name: metrics.hour_moves
-- purpose: Whose hours beyond the healthy band would fit below it at somebody else's, the most over it with the most
--   room; of people still employed whose hours can be read, over three months at least. Whether skills fit is left
--   out.
-- grain: technician_key
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays
-- columns:
--   technician_key      VARCHAR  key of who works beyond the band
--   technician          VARCHAR  that technician
--   utilisation_net     DOUBLE   client hours / net hours
--   to_technician       VARCHAR  who is below the band
--   to_utilisation_net  DOUBLE   that technician's client hours / net hours
--   hours_a_week        DOUBLE   the lesser of the hours beyond the band and the room, a week

with employed as (
    select technician_key, count(*) * 52 / 12 as weeks
    from metrics.utilisation_months
    where month_start between $month_from and $month_to and is_known and gross_hours > 0
    group by technician_key
    having count(*) >= 3 and max(month_start) = (
        select max(known.month_start)
        from metrics.utilisation_months as known
        where known.month_start between $month_from and $month_to and known.is_known
    )
),

people as (
    select room.technician_key, room.technician, room.utilisation_net, room.utilisation_net > band.high as is_over,
        share(case when is_over then room.hours_over_band else room.hours_of_room end, employed.weeks) as hours,
        row_number() over (partition by is_over order by hours desc, room.technician asc) as place
    from metrics.technician_room($month_from, $month_to) as room
    inner join employed using (technician_key)
    inner join core.benchmark as band on band.number = 'utilisation_net'
    inner join core.benchmark as legible on legible.number = 'time_capture'
    where room.time_capture >= legible.low
        and (room.utilisation_net > band.high or room.utilisation_net < band.low)
)

select saturated.technician_key, saturated.technician, saturated.utilisation_net, idle.technician as to_technician,
    idle.utilisation_net as to_utilisation_net, least(saturated.hours, idle.hours) as hours_a_week
from people as saturated
inner join people as idle on saturated.place = idle.place and saturated.is_over and not idle.is_over
order by hours_a_week desc, saturated.technician asc
