-- name: client_safe.recurring_causes
-- purpose: What came back at least three times in a quarter, of those of the four up to the period's end of which the
--   tickets tell every month; the most hours first.
-- grain: category
-- params: client_key VARCHAR, month_to DATE
-- needs: tickets
-- uses: time_entries
-- columns:
--   category         VARCHAR  the category
--   quarters         BIGINT   quarters in which it came at least three times
--   quarters_in_all  BIGINT   quarters looked at
--   tickets          BIGINT   its tickets in these quarters
--   ticket_hours     DOUBLE   hours that they took by now
--   categories       BIGINT   categories that the tickets of all clients tell apart

with whole as (
    select min(first_month) as month_from, max(last_month) as month_to
    from metrics.ticket_quarters(last_day($month_to))
    where is_whole and quarter_start >= date_trunc('quarter', $month_to) - interval 9 month
)

select causes.category, causes.quarters, causes.quarters_in_all, causes.tickets, causes.ticket_hours,
    (select count(distinct category) from core.demand_monthly where category != '(none)') as categories
from metrics.recurring_causes((select month_from from whole), (select month_to from whole)) as causes
where causes.client_key = $client_key
order by causes.ticket_hours desc, causes.tickets desc, causes.category asc
