-- name: metrics.period_retention
-- purpose: How much of the recurring revenue of the month before the chosen ones, and how many of its clients, are
--   still there in the last of them; where the data begins later, of its first month with any.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- columns:
--   opening_mrr              DECIMAL(28,2)  recurring revenue of the opening month of clients with any
--   closing_mrr              DECIMAL(28,2)  what the same clients bring in the month compared, at least 0 each
--   gross_revenue_retention  DOUBLE         the part kept, rises left out; empty where both months are one
--   net_revenue_retention    DOUBLE         the part kept, rises included; not "non-recurring revenue"
--   clients_opening          BIGINT         clients with recurring revenue in the opening month
--   clients_lost             BIGINT         of them those without any in the month compared
--   logo_churn               DOUBLE         lost / opening
--   opening_month            DATE           the month that is compared: the one before the chosen ones
--   compared_month           DATE           with which: their last, at most the last one complete for invoices

with opening as (
    select greatest(cast($month_from - interval 1 month as date), least(min(month_start), $month_to)) as month_start
    from core.recurring_monthly
    where mrr > 0
)

select kept.opening_mrr, kept.closing_mrr,
    if(has_later_month, kept.gross_revenue_retention, null) as gross_revenue_retention,
    if(has_later_month, kept.net_revenue_retention, null) as net_revenue_retention,
    kept.clients_opening, kept.clients_lost, if(has_later_month, kept.logo_churn, null) as logo_churn,
    kept.opening_month, kept.compared_month
from opening
cross join lateral (
    select *, opening_month < compared_month as has_later_month
    from metrics.retention(opening.month_start, $month_to)
) as kept
