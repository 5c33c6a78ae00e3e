-- name: checks.hours_on_tickets_without_a_client
-- purpose: Hours that belong to "(no client)" because their ticket names none.
-- grain: technician_key, month_start
-- columns:
--   technician_key  VARCHAR  key of the technician
--   technician      VARCHAR  the technician; empty where nobody is named
--   month_start     DATE     the month
--   hours           DOUBLE   hours

select technician_key, technicians.technician, month_start,
    cast(sum(hours) as double) as hours
from core.fct_labour_monthly
left join core.dim_technicians as technicians using (technician_key)
where client_key = '(no client)'
group by technician_key, technicians.technician, month_start
