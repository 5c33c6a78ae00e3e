-- name: metrics.technician_utilisation
-- purpose: How much of each service technician's contracted time went to clients over the chosen months,
--   the highest first.
-- grain: technician_key
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays
-- columns:
--   technician_key        VARCHAR  key of the technician
--   technician            VARCHAR  the technician
--   gross_hours           DOUBLE   employed weekdays x hours per week / 5; empty for a name that only time entries know
--   net_hours             DOUBLE   gross less holidays and time off
--   logged_hours          DOUBLE   all hours; empty if no labour is loaded at all
--   client_hours          DOUBLE   hours that aren't internal
--   billable_hours        DOUBLE   covered by an agreement or billable; empty where no entry says how it is covered
--   utilisation_gross     DOUBLE   client hours / gross hours
--   utilisation_net       DOUBLE   client hours / net hours
--   billable_utilisation  DOUBLE   billable hours / net hours
--   time_capture          DOUBLE   logged hours / net hours

with sums as (
    select technician_key, technician, sum(gross_hours) as gross_hours, sum(net_hours) as net_hours,
        sum(logged_hours) as logged_hours, sum(client_hours) as client_hours, sum(billable_hours) as billable_hours
    from metrics.utilisation_months
    where month_start between $month_from and $month_to
    group by technician_key, technician
)

select technician_key, technician, gross_hours, net_hours, logged_hours, client_hours, billable_hours,
    utilisation_gross(client_hours, gross_hours) as utilisation_gross,
    utilisation_net(client_hours, net_hours) as utilisation_net,
    billable_utilisation(billable_hours, net_hours) as billable_utilisation,
    time_capture(logged_hours, net_hours) as time_capture
from sums
order by utilisation_net desc nulls last, technician asc
