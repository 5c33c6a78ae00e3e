-- name: metrics.retention
-- purpose: How much of one month's recurring revenue, and how many of its clients, are still there in another month;
--   months past the last one complete for invoices are taken back to it.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- columns:
--   opening_mrr              DECIMAL(28,2)  recurring revenue of month_from of clients with any
--   closing_mrr              DECIMAL(28,2)  what the same clients bring in month_to, at least 0 each
--   gross_revenue_retention  DOUBLE         the part kept, rises left out
--   net_revenue_retention    DOUBLE         the part kept, rises included; not "non-recurring revenue"
--   clients_opening          BIGINT         clients with recurring revenue in month_from
--   clients_lost             BIGINT         of them those without any in month_to
--   logo_churn               DOUBLE         lost / opening
--   opening_month            DATE           the month that is compared
--   compared_month           DATE           with which

with compared as (
    select least($month_from, last_invoice_month) as opening_month,
        least($month_to, last_invoice_month) as closing_month
    from core.data_span
),

recurring as (
    select recurring.client_key,
        coalesce(sum(recurring.mrr) filter (where recurring.month_start = compared.opening_month), 0) as opening,
        greatest(coalesce(sum(recurring.mrr) filter (where recurring.month_start = compared.closing_month), 0), 0)
            as closing
    from core.recurring_monthly as recurring
    cross join compared
    group by recurring.client_key
    having opening > 0
),

kept as (
    select coalesce(sum(opening), 0) as opening, coalesce(sum(closing), 0) as closing,
        sum(least(opening, closing)) as kept, count(*) as clients, count(*) filter (where closing <= 0) as lost
    from recurring
)

select cast(kept.opening as decimal(28, 2)) as opening_mrr, cast(kept.closing as decimal(28, 2)) as closing_mrr,
    share(kept.kept, kept.opening) as gross_revenue_retention,
    share(kept.closing, kept.opening) as net_revenue_retention, kept.clients as clients_opening,
    kept.lost as clients_lost, share(kept.lost, kept.clients) as logo_churn, compared.opening_month,
    compared.closing_month as compared_month
from kept
cross join compared
