-- name: metrics.concentration
-- purpose: How far the revenue without products hangs on few clients, groups counted as one.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- uses: clients
-- columns:
--   clients            BIGINT   clients or groups with revenue above 0
--   top1_share         DOUBLE   share of the largest
--   top3_share         DOUBLE   share of the three largest
--   top10_share        DOUBLE   share of the ten largest
--   hhi                DOUBLE   sum of the squared shares x 10,000
--   effective_clients  DOUBLE   10,000 / hhi: how many clients of equal size would be as concentrated
--   largest            VARCHAR  the largest client or group

with ranked as (
    select parent, share(revenue, sum(revenue) over ()) as share,
        row_number() over (order by revenue desc, parent asc) as place
    from metrics.revenue_groups($month_from, $month_to)
)

select count(*) as clients, sum(share) filter (where place <= 1) as top1_share,
    -- in one order, so that the last digit hangs on no other
    sum(share order by place asc) filter (where place <= 3) as top3_share,
    sum(share order by place asc) filter (where place <= 10) as top10_share,
    sum(share * share order by place asc) * 10000 as hhi,
    share(1, sum(share * share order by place asc)) as effective_clients, arg_min(parent, place) as largest
from ranked
