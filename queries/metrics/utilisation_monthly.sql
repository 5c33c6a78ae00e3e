-- name: metrics.utilisation_monthly
-- purpose: How much of all service technicians' contracted time went to clients, month by month.
-- grain: month_start
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays
-- columns:
--   month_start           DATE     the month
--   technicians           BIGINT   service technicians with contracted hours in the month
--   gross_hours           DOUBLE   employed weekdays x hours per week / 5
--   net_hours             DOUBLE   gross less holidays and time off
--   logged_hours          DOUBLE   all their hours
--   client_hours          DOUBLE   of them not internal
--   utilisation_gross     DOUBLE   client hours / gross hours
--   utilisation_net       DOUBLE   client hours / net hours
--   billable_utilisation  DOUBLE   billable hours / net hours
--   time_capture          DOUBLE   logged hours / net hours
--   is_known              BOOLEAN  whether the month is complete for labour and anybody worked in it

with team as (
    select month_start, is_known, count(*) as technicians, sum(gross_hours) as gross_hours, sum(net_hours) as net_hours,
        case when is_known then sum(logged_hours) end as logged_hours,
        case when is_known then sum(client_hours) end as client_hours,
        case when is_known then sum(billable_hours) end as billable_hours
    from metrics.utilisation_months
    -- hours without a known capacity, or of somebody who had none in the month, belong in no ratio
    where gross_hours > 0
    group by month_start, is_known
)

select team.month_start, technicians, cast(gross_hours as double) as gross_hours,
    cast(net_hours as double) as net_hours, cast(logged_hours as double) as logged_hours,
    cast(client_hours as double) as client_hours,
    utilisation_gross(client_hours, gross_hours) as utilisation_gross,
    utilisation_net(client_hours, net_hours) as utilisation_net,
    billable_utilisation(billable_hours, net_hours) as billable_utilisation,
    time_capture(logged_hours, net_hours) as time_capture, is_known
from team
inner join core.months as months using (month_start)
order by team.month_start asc
