-- name: metrics.technician_room
-- purpose: By how many hours each service technician lies over the healthy band over the chosen months, and how many
--   more would fit into it, the most room first.
-- grain: technician_key
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays
-- columns:
--   technician_key   VARCHAR  key of the technician
--   technician       VARCHAR  the technician
--   utilisation_net  DOUBLE   client hours / net hours
--   time_capture     DOUBLE   logged hours / net hours
--   hours_over_band  DOUBLE   client hours beyond the upper end of the band; 0 up to it
--   hours_of_room    DOUBLE   client hours missing to the upper end of the band; 0 from it on

select people.technician_key, people.technician, people.utilisation_net, people.time_capture,
    hours_beyond(people.client_hours, band.high * people.net_hours) as hours_over_band,
    hours_beyond(band.high * people.net_hours, people.client_hours) as hours_of_room
from metrics.technician_utilisation($month_from, $month_to) as people
inner join core.benchmark as band on band.number = 'utilisation_net'
order by hours_of_room desc nulls last, people.technician asc
