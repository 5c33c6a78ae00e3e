-- name: checks.hours_without_a_client
-- purpose: Hours that count as internal because neither the entry nor its ticket names a client.
-- grain: technician_key, month_start
-- columns:
--   technician_key  VARCHAR  key of the technician
--   technician      VARCHAR  the technician; empty where nobody is named
--   month_start     DATE     the month
--   hours           DOUBLE   hours
--   entries         BIGINT   entries

select technician_key, technicians.technician, month_start,
    cast(sum(hours) as double) as hours, cast(sum(entries) as bigint) as entries
from core.fct_labour_monthly
left join core.dim_technicians as technicians using (technician_key)
where client_key is null
group by technician_key, technicians.technician, month_start
