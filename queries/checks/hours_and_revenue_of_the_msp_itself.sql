-- name: checks.hours_and_revenue_of_the_msp_itself
-- purpose: What is kept out of the clients' numbers because it is the MSP's own, or covered as internal.
-- grain: client_key, month_start
-- columns:
--   client_key   VARCHAR        key of the client
--   client       VARCHAR        the MSP's own name, or the client whose hours are covered as internal
--   month_start  DATE           the month
--   hours        DOUBLE         internal hours
--   revenue      DECIMAL(28,2)  revenue billed to the MSP itself

select client_key, clients.client, month_start, cast(sum(hours) as double) as hours,
    cast(sum(revenue) as decimal(28, 2)) as revenue
from (
    select client_key, month_start, hours, 0 as revenue
    from core.fct_labour_monthly
    where is_internal and client_key is not null
    union all
    select client_key, month_start, 0 as hours, revenue from core.fct_revenue_monthly where is_internal
) as own
inner join core.dim_clients as clients using (client_key)
group by client_key, clients.client, month_start
