-- name: metrics.technician_clients
-- purpose: For which clients a technician worked over the chosen months, the most hours first.
-- grain: client_key
-- params: technician_key VARCHAR, month_from DATE, month_to DATE
-- needs: time_entries|tickets
-- uses: technicians
-- columns:
--   client_key    VARCHAR        key of the client
--   client        VARCHAR        the client
--   labour_hours  DOUBLE         hours in the months
--   hours_share   DOUBLE         of all client hours of the technician
--   labour_cost   DECIMAL(28,2)  those hours at the technician's rate

with worked as (
    select client_key, sum(hours) as hours, sum(labour_cost) as cost
    from metrics.labour_costs
    where technician_key = $technician_key and month_start between $month_from and $month_to
    group by client_key
)

select worked.client_key, clients.client, cast(worked.hours as double) as labour_hours,
    share(worked.hours, sum(worked.hours) over ()) as hours_share, cast(worked.cost as decimal(28, 2)) as labour_cost
from worked
inner join core.dim_clients as clients using (client_key)
order by worked.hours desc, clients.client asc
