-- name: metrics.opened_tickets
-- purpose: How many tickets people had to work on each client opened in the covered ones of the chosen months, without
--   those whose end isn't known.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- columns:
--   client_key  VARCHAR  key of the client
--   tickets     BIGINT   tickets that were not resolved by automation

select tickets.client_key, cast(sum(tickets.followed) as bigint) as tickets
from core.opened_monthly as tickets
inner join core.covered_months as months on tickets.month_start = months.month_start
where months.month_start between $month_from and $month_to and tickets.followed > 0
group by tickets.client_key
