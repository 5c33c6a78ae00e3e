-- name: metrics.level_utilisation
-- purpose: How much of each level's contracted time went to clients over those of the chosen months that are complete
--   for labour.
-- grain: level
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays
-- columns:
--   level            VARCHAR  the level that held on the days of the work; (none) if the file is silent
--   technicians      BIGINT   service technicians of it with any capacity
--   net_hours        DOUBLE   contracted hours less holidays and time off
--   client_hours     DOUBLE   hours that aren't internal
--   utilisation_net  DOUBLE   client hours / net hours
--   time_capture     DOUBLE   all logged hours / net hours

with people as (
    select technician_key, level, sum(gross_hours) as gross_hours, sum(net_hours) as net_hours,
        sum(logged_hours) as logged_hours, sum(client_hours) as client_hours
    from metrics.level_months
    where month_start between $month_from and $month_to
    group by technician_key, level
)

select level, count(*) as technicians,
    cast(sum(net_hours) as double) as net_hours, cast(sum(client_hours) as double) as client_hours,
    utilisation_net(sum(client_hours), sum(net_hours)) as utilisation_net,
    time_capture(sum(logged_hours), sum(net_hours)) as time_capture
from people
-- hours of somebody who had no capacity belong in no ratio
where gross_hours > 0
group by level
order by level asc
