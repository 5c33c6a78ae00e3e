-- name: client_safe.recurring_causes
-- purpose: What came back at least three times in a quarter of the four up to the period's end, the most tickets first.
-- grain: category
-- params: client_key VARCHAR, month_to DATE
-- needs: tickets
-- uses: time_entries
-- columns:
--   category      VARCHAR  the category
--   quarters      BIGINT   quarters in which it came at least three times
--   quarters_in_all  BIGINT  quarters looked at
--   tickets       BIGINT   its tickets in these quarters
--   ticket_hours  DOUBLE   hours that they took by now

select category, quarters, quarters_in_all, tickets, ticket_hours
from metrics.recurring_causes(
    cast(date_trunc('quarter', $month_to) - interval 9 month as date), $month_to
)
where client_key = $client_key
order by tickets desc, category asc
