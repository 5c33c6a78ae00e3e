-- name: metrics.retention_trajectory
-- purpose: How much of the recurring revenue of a year before each month kept, up to the last one complete for
--   invoices.
-- grain: month_start
-- needs: invoice_lines
-- columns:
--   month_start              DATE           the month; it is compared with the one twelve months before
--   opening_mrr              DECIMAL(28,2)  recurring revenue a year before, of clients with any
--   gross_revenue_retention  DOUBLE         the part kept, rises left out
--   net_revenue_retention    DOUBLE         the part kept, rises included
--   clients_opening          BIGINT         clients with recurring revenue a year before
--   clients_lost             BIGINT         of them those without any in the month
--   logo_churn               DOUBLE         lost / opening

select bridge.month_start, kept.opening_mrr, kept.gross_revenue_retention, kept.net_revenue_retention,
    kept.clients_opening, kept.clients_lost, kept.logo_churn
from metrics.mrr_bridge as bridge
inner join metrics.mrr_bridge as earlier
    on bridge.month_start = earlier.month_start + interval 12 months and earlier.closing > 0
cross join lateral (
    select retained.* from metrics.retention(earlier.month_start, bridge.month_start) as retained
) as kept
order by bridge.month_start asc
