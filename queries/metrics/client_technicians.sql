-- name: metrics.client_technicians
-- purpose: Who did a client's work over the chosen months, and what it cost.
-- grain: technician_key
-- params: client_key VARCHAR, month_from DATE, month_to DATE
-- needs: time_entries|tickets
-- uses: technicians
-- columns:
--   technician_key      VARCHAR        key of the technician; empty for hours that name none
--   technician          VARCHAR        the technician
--   labour_hours        DOUBLE         hours in the months
--   hours_share         DOUBLE         of all hours of the client
--   labour_cost         DECIMAL(28,2)  those hours at the technician's rate
--   assumed_rate_hours  DOUBLE         of them costed at the assumed rate
--   hourly_cost         DOUBLE         labour cost / hours

with worked as (
    select technician_key, sum(hours) as hours, sum(labour_cost) as cost, sum(assumed_rate_hours) as assumed_hours
    from metrics.labour_costs
    where client_key = $client_key and month_start between $month_from and $month_to
    group by technician_key
)

select worked.technician_key, coalesce(technicians.technician, '(nobody named)') as technician,
    cast(worked.hours as double) as labour_hours,
    share(worked.hours, sum(worked.hours) over ()) as hours_share,
    cast(worked.cost as decimal(28, 2)) as labour_cost, cast(worked.assumed_hours as double) as assumed_rate_hours,
    share(worked.cost, worked.hours) as hourly_cost
from worked
left join core.dim_technicians as technicians using (technician_key)
order by worked.hours desc, technician asc
