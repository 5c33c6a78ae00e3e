-- name: metrics.recurring_tickets
-- purpose: The tickets that people were asked for over the chosen months, up to the last one complete for tickets, with
--   the hours that came back: the same client and category at least three times in a calendar quarter.
-- grain: load_id, row_number
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- uses: time_entries
-- columns:
--   load_id          INTEGER        the load that brought the ticket
--   row_number       BIGINT         the ticket's place in its file
--   ticket_hours     DECIMAL(38,9)  hours that it took by now
--   recurring_hours  DECIMAL(38,9)  these if it is one of what came back, else 0

with counted as (
    select tickets.load_id, tickets.row_number,
        cast(if(tickets.effort_hours > 0, tickets.effort_hours, 0) as decimal(38, 9)) as ticket_hours,
        count(*) over (
            partition by tickets.client_key, tickets.category, date_trunc('quarter', tickets.opened_at)
        ) >= 3 and tickets.category != '(none)' and tickets.client_key != '(no client)' as is_recurring
    from core.fct_tickets as tickets
    inner join core.dim_clients as clients on tickets.client_key = clients.client_key and not clients.is_internal
    cross join core.ticket_span as span
    where tickets.is_followed and not tickets.is_auto_resolved and tickets.opened_at >= $month_from
        and tickets.opened_at < least($month_to, span.last_month) + interval 1 month
)

select load_id, row_number, ticket_hours, cast(if(is_recurring, ticket_hours, 0) as decimal(38, 9)) as recurring_hours
from counted
