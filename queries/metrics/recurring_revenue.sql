-- name: metrics.recurring_revenue
-- purpose: What moved the monthly recurring revenue over the chosen months, from the month before them to the last.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- columns:
--   opening       DECIMAL(28,2)  recurring revenue of the month before; empty where the data begins later
--   new           DECIMAL(28,2)  from clients that never had any before
--   first_seen    DECIMAL(28,2)  of that what may be old: the bill before would lie before the first on file
--   reactivation  DECIMAL(28,2)  from clients that had some before, and none in the month before
--   expansion     DECIMAL(28,2)  rises of clients that stay
--   contraction   DECIMAL(28,2)  falls of clients that stay, negative
--   churn         DECIMAL(28,2)  lost with clients that have none left, negative
--   closing       DECIMAL(28,2)  recurring revenue of the last month, at most the last one complete for invoices
--   clients       BIGINT         clients with recurring revenue in it
--   credits       DECIMAL(28,2)  credit notes on it in the months, and lines that one takes back: apart from the rest
--   beyond_end    DECIMAL(28,2)  prepaid for months after clients had left: apart as well

select cast(max(opening) filter (where month_start = $month_from) as decimal(28, 2)) as opening,
    cast(sum(new) as decimal(28, 2)) as new, cast(sum(first_seen) as decimal(28, 2)) as first_seen,
    cast(sum(reactivation) as decimal(28, 2)) as reactivation,
    cast(sum(expansion) as decimal(28, 2)) as expansion, cast(sum(contraction) as decimal(28, 2)) as contraction,
    cast(sum(churn) as decimal(28, 2)) as churn,
    cast(arg_max(closing, month_start) as decimal(28, 2)) as closing, arg_max(clients, month_start) as clients,
    cast(sum(credits) as decimal(28, 2)) as credits, cast(sum(prepaid_beyond_end) as decimal(28, 2)) as beyond_end
from metrics.mrr_bridge
where month_start between $month_from and $month_to
