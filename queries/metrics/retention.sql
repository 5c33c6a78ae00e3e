-- name: metrics.retention
-- purpose: How much of one month's recurring revenue, and how many of its clients, are still there in another month.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- columns:
--   opening_mrr              DECIMAL(28,2)  recurring revenue of month_from of clients with any
--   closing_mrr              DECIMAL(28,2)  what the same clients bring in month_to
--   gross_revenue_retention  DOUBLE         the part kept, rises left out
--   net_revenue_retention    DOUBLE         the part kept, rises included; not "non-recurring revenue"
--   clients_opening          BIGINT         clients with recurring revenue in month_from
--   clients_lost             BIGINT         of them those without any in month_to
--   logo_churn               DOUBLE         lost / opening

with recurring as (
    select client_key, coalesce(sum(revenue) filter (where month_start = $month_from), 0) as opening,
        coalesce(sum(revenue) filter (where month_start = $month_to), 0) as closing
    from core.fct_revenue_monthly
    where is_recurring and not is_internal and month_start in ($month_from, $month_to)
    group by client_key
    having opening > 0
)

select cast(coalesce(sum(opening), 0) as decimal(28, 2)) as opening_mrr,
    cast(coalesce(sum(closing), 0) as decimal(28, 2)) as closing_mrr,
    share(sum(least(opening, greatest(closing, 0))), sum(opening)) as gross_revenue_retention,
    share(sum(closing), sum(opening)) as net_revenue_retention,
    count(*) as clients_opening, count(*) filter (where closing <= 0) as clients_lost,
    share(count(*) filter (where closing <= 0), count(*)) as logo_churn
from recurring
