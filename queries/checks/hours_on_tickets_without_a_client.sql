-- name: checks.hours_on_tickets_without_a_client
-- purpose: Hours that belong to "(no client)" because their ticket names none.
-- grain: technician_key, month_start
-- columns:
--   technician_key  VARCHAR  key of the technician
--   month_start     DATE     the month
--   hours           DOUBLE   hours

select technician_key, month_start, cast(sum(hours) as double) as hours
from core.fct_labour_monthly
where client_key = '(no client)'
group by technician_key, month_start
