-- name: metrics.largest_clients
-- purpose: Clients by their part of the revenue without products over the chosen months, groups counted as one, the
--   largest first.
-- grain: parent_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- uses: clients
-- columns:
--   parent_key        VARCHAR        key of the client or group
--   client            VARCHAR        the client or group
--   clients           BIGINT         clients in it with such revenue
--   revenue           DECIMAL(28,2)  revenue without products
--   revenue_share     DOUBLE         of that of all with revenue above 0
--   cumulative_share  DOUBLE         the same, with all that are larger

select parent_key, parent as client, clients, cast(revenue as decimal(28, 2)) as revenue,
    share(revenue, sum(revenue) over ()) as revenue_share,
    share(
        sum(revenue) over (
            order by revenue desc, parent asc rows between unbounded preceding and current row
        ), sum(revenue) over ()
    ) as cumulative_share
from metrics.revenue_groups($month_from, $month_to)
order by revenue desc, parent asc
