-- name: client_safe.demand_categories
-- purpose: What kinds of work the tickets of the client opened in the period were, up to the last month complete for
--   tickets; the most tickets first.
-- grain: category
-- params: client_key VARCHAR, month_from DATE, month_to DATE
-- needs: tickets
-- uses: time_entries
-- columns:
--   category      VARCHAR  the category; (none) if empty
--   tickets       BIGINT   tickets of people opened in the months
--   ticket_share  DOUBLE   of all of them
--   ticket_hours  DOUBLE   hours that they took by now
--   hours_share   DOUBLE   of all these hours

select demand.category, cast(sum(demand.tickets) as bigint) as tickets,
    share(sum(demand.tickets), sum(sum(demand.tickets)) over ()) as ticket_share,
    cast(sum(demand.hours) as double) as ticket_hours,
    share(sum(demand.hours), sum(sum(demand.hours)) over ()) as hours_share
from core.demand_monthly as demand
cross join core.ticket_span as span
where demand.client_key = $client_key and demand.month_start between $month_from and least($month_to, span.last_month)
group by demand.category
order by tickets desc, demand.category asc
