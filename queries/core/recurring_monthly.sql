-- name: core.recurring_monthly
-- purpose: Recurring revenue of each client and month: what counts as such, and what stands apart from it.
-- grain: client_key, month_start
-- columns:
--   client_key   VARCHAR        key of the client, never the MSP itself
--   month_start  DATE           the month
--   mrr          DECIMAL(28,4)  monthly recurring revenue
--   credits      DECIMAL(28,4)  credit notes, and lines that one of them takes back
--   beyond_end   DECIMAL(28,4)  prepaid for months that begin after the client's end

select client_key, month_start,
    cast(coalesce(sum(revenue) filter (where recurs_as = 'mrr'), 0) as decimal(28, 4)) as mrr,
    cast(coalesce(sum(revenue) filter (where recurs_as = 'credit'), 0) as decimal(28, 4)) as credits,
    cast(coalesce(sum(revenue) filter (where recurs_as = 'beyond_end'), 0) as decimal(28, 4)) as beyond_end
from core.fct_revenue_monthly
where is_recurring and not is_internal
group by client_key, month_start
