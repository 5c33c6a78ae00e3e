-- name: metrics.technician_months
-- purpose: One technician month by month: what of the contracted time went to clients, and how far it lies over the
--   band.
-- grain: month_start
-- params: technician_key VARCHAR, month_from DATE, month_to DATE
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays
-- columns:
--   month_start      DATE    the month
--   net_hours        DOUBLE  contracted hours less holidays and time off
--   logged_hours     DOUBLE  all hours
--   client_hours     DOUBLE  hours that aren't internal
--   utilisation_net  DOUBLE  client hours / net hours
--   time_capture     DOUBLE  logged hours / net hours
--   hours_over_band  DOUBLE  client hours beyond the upper end of the band; 0 up to it
--   hours_of_room    DOUBLE  client hours missing to the upper end of the band; 0 from it on

select months.month_start, months.net_hours, months.logged_hours, months.client_hours, months.utilisation_net,
    months.time_capture, hours_beyond(months.client_hours, band.high * months.net_hours) as hours_over_band,
    hours_beyond(band.high * months.net_hours, months.client_hours) as hours_of_room
from metrics.technician_utilisation_monthly as months
inner join core.benchmark as band on band.number = 'utilisation_net'
where months.technician_key = $technician_key and months.month_start between $month_from and $month_to
order by months.month_start asc
