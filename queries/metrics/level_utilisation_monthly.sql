-- name: metrics.level_utilisation_monthly
-- purpose: How much of each level's contracted time went to clients, in each month that is complete for labour.
-- grain: level, month_start
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays
-- columns:
--   level            VARCHAR  the level that held on the days of the work; (none) if the file is silent
--   month_start      DATE     the month
--   technicians      BIGINT   service technicians of it with any capacity
--   net_hours        DOUBLE   contracted hours less holidays and time off
--   client_hours     DOUBLE   hours that aren't internal
--   utilisation_net  DOUBLE   client hours / net hours
--   time_capture     DOUBLE   all logged hours / net hours

select level, month_start, count(*) as technicians,
    cast(sum(net_hours) as double) as net_hours, cast(sum(client_hours) as double) as client_hours,
    utilisation_net(sum(client_hours), sum(net_hours)) as utilisation_net,
    time_capture(sum(logged_hours), sum(net_hours)) as time_capture
from metrics.level_months
-- hours of somebody who had no capacity belong in no ratio
where gross_hours > 0
group by level, month_start
order by level asc, month_start asc
