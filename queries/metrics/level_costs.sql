-- name: metrics.level_costs
-- purpose: What an hour of each level costs: of its technicians as they worked over the chosen months.
-- grain: level_rank
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets, technicians
-- columns:
--   level_rank   INTEGER  the level as a number; empty where none is known
--   hourly_cost  DOUBLE   labour cost / hours

select level_rank(versions.level) as level_rank, share(sum(costs.labour_cost), sum(costs.hours)) as hourly_cost
from metrics.labour_costs as costs
inner join core.dim_technician_versions as versions using (technician_key, version_from)
where costs.month_start between $month_from and $month_to
group by level_rank(versions.level)
order by level_rank asc
