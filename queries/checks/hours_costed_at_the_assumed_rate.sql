-- name: checks.hours_costed_at_the_assumed_rate
-- purpose: Technicians whose client hours have no rate of their own, so that the margin rests on the assumption.
-- grain: technician_key
-- columns:
--   technician      VARCHAR  the technician; empty for entries that name none
--   technician_key  VARCHAR  key of the technician
--   hours           DOUBLE   client hours
--   first_month     DATE     first month with such hours
--   last_month      DATE     last month with such hours

select technicians.technician, costs.technician_key, cast(sum(costs.assumed_rate_hours) as double) as hours,
    min(costs.month_start) as first_month, max(costs.month_start) as last_month
from metrics.labour_costs as costs
left join core.dim_technicians as technicians using (technician_key)
where costs.assumed_rate_hours != 0
group by technicians.technician, costs.technician_key
