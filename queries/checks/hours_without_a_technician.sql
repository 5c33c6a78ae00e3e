-- name: checks.hours_without_a_technician
-- purpose: Hours that are in the clients' cost but in no technician's utilisation, because the entry names nobody.
-- grain: month_start
-- columns:
--   month_start  DATE    the month
--   hours        DOUBLE  hours

select month_start, cast(sum(hours) as double) as hours
from core.fct_labour_monthly
where technician_key is null
group by month_start
