-- name: metrics.revenue_by_client_monthly
-- purpose: Revenue and recurring revenue of each client and month, not rounded.
-- grain: client_key, month_start
-- needs: invoice_lines
-- uses: clients
-- columns:
--   client_key   VARCHAR        key of the client
--   client       VARCHAR        the client
--   month_start  DATE           the month
--   revenue      DECIMAL(28,4)  all its revenue
--   mrr          DECIMAL(28,4)  recurring revenue; empty in months after the last one complete for invoices

with months as (
    select client_key, month_start, sum(revenue) as revenue
    from core.fct_revenue_monthly
    where not is_internal
    group by client_key, month_start
)

select months.client_key, clients.client, months.month_start, cast(months.revenue as decimal(28, 4)) as revenue,
    case when months.month_start <= span.last_invoice_month then coalesce(recurring.mrr, 0) end as mrr
from months
inner join core.dim_clients as clients using (client_key)
left join core.recurring_monthly as recurring using (client_key, month_start)
cross join core.data_span as span
order by clients.client asc, months.month_start asc
