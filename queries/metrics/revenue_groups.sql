-- name: metrics.revenue_groups
-- purpose: Each group of clients with revenue above 0 over some months, without products and the MSP itself.
-- grain: parent_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- columns:
--   parent_key  VARCHAR        key of the group, the client's own where it has none
--   parent      VARCHAR        name of the group
--   clients     BIGINT         clients of it with revenue
--   revenue     DECIMAL(38,4)  their revenue without products

select clients.parent_key, clients.parent, count(distinct clients.client_key) as clients,
    sum(revenue.revenue) as revenue
from core.fct_revenue_monthly as revenue
inner join core.dim_clients as clients using (client_key)
where not revenue.is_internal
    and revenue.revenue_class != 'product'
    and revenue.month_start between $month_from and $month_to
group by clients.parent_key, clients.parent
having sum(revenue.revenue) > 0
