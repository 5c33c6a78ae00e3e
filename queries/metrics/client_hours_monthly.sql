-- name: metrics.client_hours_monthly
-- purpose: Hours for clients in each month that has any.
-- grain: month_start
-- needs: time_entries|tickets
-- columns:
--   month_start   DATE           the month
--   client_hours  DECIMAL(38,9)  hours that aren't internal

select month_start, sum(hours) as client_hours
from core.fct_labour_monthly
where not is_internal
group by month_start
