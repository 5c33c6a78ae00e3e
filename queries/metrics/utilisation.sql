-- name: metrics.utilisation
-- purpose: How much of all service technicians' contracted time went to clients over the chosen months.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays
-- columns:
--   technicians           BIGINT  service technicians with a known capacity
--   gross_hours           DOUBLE  employed weekdays x hours per week / 5
--   net_hours             DOUBLE  gross less holidays and time off
--   logged_hours          DOUBLE  all their hours; empty if no labour is loaded at all
--   client_hours          DOUBLE  of them not internal
--   billable_hours        DOUBLE  covered by an agreement or billable; empty where no entry says how it is covered
--   utilisation_gross     DOUBLE  client hours / gross hours
--   utilisation_net       DOUBLE  client hours / net hours
--   billable_utilisation  DOUBLE  billable hours / net hours
--   time_capture          DOUBLE  logged hours / net hours

with team as (
    select count(distinct technician_key) as technicians, sum(gross_hours) as gross_hours, sum(net_hours) as net_hours,
        sum(logged_hours) as logged_hours, sum(client_hours) as client_hours, sum(billable_hours) as billable_hours
    from metrics.utilisation_months
    -- hours without a known capacity belong in no ratio
    where month_start between $month_from and $month_to and gross_hours is not null
)

select *, utilisation_gross(client_hours, gross_hours) as utilisation_gross,
    utilisation_net(client_hours, net_hours) as utilisation_net,
    billable_utilisation(billable_hours, net_hours) as billable_utilisation,
    time_capture(logged_hours, net_hours) as time_capture
from team
