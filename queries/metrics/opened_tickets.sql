-- name: metrics.opened_tickets
-- purpose: How many tickets people had to work on each client opened in the covered ones of the chosen months, without
--   those whose end isn't known.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- columns:
--   client_key  VARCHAR  key of the client
--   tickets     BIGINT   tickets that were not resolved by automation

select tickets.client_key, count(*) as tickets
from core.fct_tickets as tickets
inner join core.covered_months as months on date_trunc('month', tickets.opened_at) = months.month_start
where not tickets.is_auto_resolved and tickets.is_followed and months.month_start between $month_from and $month_to
group by tickets.client_key
