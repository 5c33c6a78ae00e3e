-- name: metrics.technician_utilisation
-- purpose: How much of each service technician's contracted time went to clients over the chosen months that are
--   complete for labour, the highest first; what is known of none of them is empty.
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
    select technician_key, technician, sum(gross_hours) filter (where is_known) as gross_hours,
        sum(net_hours) filter (where is_known) as net_hours, sum(logged_hours) filter (where is_known) as logged_hours,
        sum(client_hours) filter (where is_known) as client_hours,
        sum(billable_hours) filter (where is_known) as billable_hours
    from metrics.utilisation_months
    where month_start between $month_from and $month_to
    group by technician_key, technician
)

select technician_key, technician, cast(gross_hours as double) as gross_hours, cast(net_hours as double) as net_hours,
    cast(logged_hours as double) as logged_hours, cast(client_hours as double) as client_hours,
    cast(billable_hours as double) as billable_hours, utilisation_gross(client_hours, gross_hours) as utilisation_gross,
    utilisation_net(client_hours, net_hours) as utilisation_net,
    billable_utilisation(billable_hours, net_hours) as billable_utilisation,
    time_capture(logged_hours, net_hours) as time_capture
from sums
order by utilisation_net desc nulls last, technician asc
