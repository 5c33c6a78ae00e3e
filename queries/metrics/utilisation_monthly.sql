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
--   is_complete           BOOLEAN  whether the data reaches the month's last weekday

select utilisation.month_start, count(*) as technicians, sum(gross_hours) as gross_hours, sum(net_hours) as net_hours,
    sum(logged_hours) as logged_hours, sum(client_hours) as client_hours,
    utilisation_gross(sum(client_hours), sum(gross_hours)) as utilisation_gross,
    utilisation_net(sum(client_hours), sum(net_hours)) as utilisation_net,
    billable_utilisation(sum(billable_hours), sum(net_hours)) as billable_utilisation,
    time_capture(sum(logged_hours), sum(net_hours)) as time_capture, months.is_complete
from metrics.utilisation_months as utilisation
inner join core.months as months using (month_start)
-- hours without a known capacity belong in no ratio
where utilisation.gross_hours is not null
group by utilisation.month_start, months.is_complete
order by utilisation.month_start asc
