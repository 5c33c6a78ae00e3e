-- name: metrics.recurring_causes
-- purpose: What comes back - the same client and category at least three times in a calendar quarter - over the chosen
--   months, up to the last one complete for tickets; the most hours first.
-- grain: client_key, category
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- uses: time_entries
-- columns:
--   client_key        VARCHAR  key of the client
--   client            VARCHAR  the client
--   category          VARCHAR  the category
--   quarters          BIGINT   quarters in which it came at least three times
--   quarters_in_all   BIGINT   quarters that the months and the tickets touch
--   last_quarter      DATE     the last of them, by its first day
--   tickets           BIGINT   its tickets in these quarters, planned ones too
--   ticket_hours      DOUBLE   hours that they took by now
--   most_in_a_quarter  BIGINT  the most tickets in one of them

with quarters as (
    select demand.client_key, demand.category, cast(date_trunc('quarter', demand.month_start) as date) as quarter_start,
        sum(demand.tickets) as tickets, sum(demand.hours) as hours
    from core.demand_monthly as demand
    cross join core.ticket_span as span
    where demand.month_start between $month_from and least($month_to, span.last_month)
        -- what has no category has no cause
        and demand.category != '(none)'
    group by demand.client_key, demand.category, date_trunc('quarter', demand.month_start)
),

counted as (
    select date_diff('quarter', greatest($month_from, span.first_month), least($month_to, span.last_month)) + 1
            as quarters
    from core.ticket_span as span
)

select quarters.client_key, clients.client, quarters.category, count(*) as quarters,
    counted.quarters as quarters_in_all, max(quarters.quarter_start) as last_quarter,
    cast(sum(quarters.tickets) as bigint) as tickets, cast(sum(quarters.hours) as double) as ticket_hours,
    cast(max(quarters.tickets) as bigint) as most_in_a_quarter
from quarters
inner join core.dim_clients as clients using (client_key)
cross join counted
where quarters.tickets >= 3 and not clients.is_internal and quarters.client_key != '(no client)'
group by quarters.client_key, clients.client, quarters.category, counted.quarters
order by ticket_hours desc, tickets desc, clients.client asc, quarters.category asc
