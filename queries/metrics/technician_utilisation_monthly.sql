-- name: metrics.technician_utilisation_monthly
-- purpose: How much of each service technician's contracted time went to clients, month by month; empty where the hours
--   don't reach.
-- grain: technician_key, month_start
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays
-- columns:
--   technician_key        VARCHAR  key of the technician
--   technician            VARCHAR  the technician
--   month_start           DATE     the month
--   gross_hours           DOUBLE   employed weekdays x hours per week / 5
--   net_hours             DOUBLE   gross less holidays and time off
--   logged_hours          DOUBLE   all hours
--   client_hours          DOUBLE   hours that aren't internal
--   billable_hours        DOUBLE   covered by an agreement or billable
--   utilisation_gross     DOUBLE   client hours / gross hours
--   utilisation_net       DOUBLE   client hours / net hours
--   billable_utilisation  DOUBLE   billable hours / net hours
--   time_capture          DOUBLE   logged hours / net hours

select technician_key, technician, month_start, cast(gross_hours as double) as gross_hours,
    cast(net_hours as double) as net_hours, cast(case when is_known then logged_hours end as double) as logged_hours,
    cast(case when is_known then client_hours end as double) as client_hours,
    cast(case when is_known then billable_hours end as double) as billable_hours,
    utilisation_gross(case when is_known then client_hours end, gross_hours) as utilisation_gross,
    utilisation_net(case when is_known then client_hours end, net_hours) as utilisation_net,
    billable_utilisation(case when is_known then billable_hours end, net_hours) as billable_utilisation,
    time_capture(case when is_known then logged_hours end, net_hours) as time_capture
from metrics.utilisation_months
order by technician asc, month_start asc
