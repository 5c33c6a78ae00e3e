-- name: metrics.demand_by_category
-- purpose: What kinds of work the tickets opened in the chosen months were, up to the last one complete for tickets,
--   the most hours first.
-- grain: category
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- uses: time_entries
-- columns:
--   category          VARCHAR  the category; (none) if empty
--   tickets           BIGINT   tickets of people opened in the months, without those of the MSP itself
--   ticket_share      DOUBLE   of all of them
--   ticket_hours      DOUBLE   hours that they took by now
--   hours_share       DOUBLE   of all these hours
--   hours_per_ticket  DOUBLE   hours / tickets that have any
--   clients           BIGINT   clients that asked for it

with summed as (
    select demand.category, sum(demand.tickets) as tickets, sum(demand.worked) as worked, sum(demand.hours) as hours,
        count(distinct demand.client_key) as clients
    from core.demand_monthly as demand
    inner join core.dim_clients as clients on demand.client_key = clients.client_key and not clients.is_internal
    cross join core.ticket_span as span
    where demand.month_start between $month_from and least($month_to, span.last_month)
    group by demand.category
)

select category, cast(tickets as bigint) as tickets, share(tickets, sum(tickets) over ()) as ticket_share,
    cast(hours as double) as ticket_hours, share(hours, sum(hours) over ()) as hours_share,
    share(hours, worked) as hours_per_ticket, clients
from summed
order by ticket_hours desc, summed.tickets desc, category asc
