-- name: metrics.client_what_if
-- purpose: What one client would have left over the covered ones of the chosen months at another fee, and if its labour
--   cost another amount; nothing of it is kept.
-- grain: client_key
-- params: month_from DATE, month_to DATE, client_key VARCHAR, fee_change DOUBLE, labour_change DOUBLE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients
-- columns:
--   client_key           VARCHAR        key of the client
--   client               VARCHAR        the client
--   recurring_revenue    DECIMAL(28,2)  revenue of the classes managed and other_recurring: what the fee is
--   labour_cost          DECIMAL(28,2)  cost of its hours
--   gross_margin         DECIMAL(28,2)  revenue - direct cost - labour cost, as it was
--   gross_margin_pct     DOUBLE         the same / revenue
--   what_if_margin       DECIMAL(28,2)  the same with the fee and the labour changed
--   what_if_margin_pct   DOUBLE         the same / revenue with the fee changed
--   what_if_change       DECIMAL(28,2)  what that is more or less than it was

with sums as (
    select client_key, sum(revenue) as revenue, sum(recurring_revenue) as recurring, sum(labour_cost) as labour,
        sum(gross_margin) as margin
    from metrics.client_months
    where month_start between $month_from and $month_to and is_counted and client_key = $client_key
    group by client_key
),

moved as (
    select *, cast(recurring as decimal(28, 4)) * cast($fee_change as decimal(9, 4)) as more_fee,
        cast(labour as decimal(28, 8)) * cast($labour_change as decimal(9, 4)) as more_labour
    from sums
)

select moved.client_key, clients.client, cast(recurring as decimal(28, 2)) as recurring_revenue,
    cast(labour as decimal(28, 2)) as labour_cost, cast(margin as decimal(28, 2)) as gross_margin,
    gross_margin_pct(margin, revenue) as gross_margin_pct,
    cast(margin + more_fee - more_labour as decimal(28, 2)) as what_if_margin,
    gross_margin_pct(margin + more_fee - more_labour, revenue + more_fee) as what_if_margin_pct,
    cast(more_fee - more_labour as decimal(28, 2)) as what_if_change
from moved
inner join core.dim_clients as clients using (client_key)
