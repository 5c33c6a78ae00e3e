-- name: core.entity_rows
-- purpose: How many rows of each kind are in use, their money or hours, from when to when, out of how many loads.
-- grain: entity
-- columns:
--   entity    VARCHAR        the kind of row
--   label     VARCHAR        what people call it
--   place     INTEGER        order in which lists show it
--   rows      BIGINT         rows in use
--   amount    DECIMAL(28,9)  sum of their money or hours, of whichever the kind has; empty of a kind without either
--   first_on  DATE           earliest date
--   last_on   DATE           latest date
--   loads     BIGINT         loads that brought rows in use

with used as (
    select 'tickets' as entity, 'Tickets' as label, 1 as place, load_id, cast(opened_at as date) as day,
        hours as amount
    from staging.tickets
    union all
    select 'ticket_pauses', 'Ticket pauses', 2, load_id, cast(paused_at as date), null from staging.ticket_pauses
    union all
    select 'time_entries', 'Time entries', 3, load_id, worked_on, hours from staging.time_entries
    union all
    select 'invoice_lines', 'Invoice lines', 4, load_id, invoiced_on, amount from staging.invoice_lines
    union all
    select 'agreements', 'Agreements', 5, load_id, starts_on, monthly_fee from staging.agreements
    union all
    select 'clients', 'Clients', 6, load_id, starts_on, null from staging.clients
    union all
    select 'technicians', 'Technicians', 7, load_id, starts_on, null from staging.technicians
    union all
    select 'time_off', 'Time off', 8, load_id, day, hours from staging.time_off
    union all
    select 'holidays', 'Holidays', 9, load_id, day, null from staging.holidays
    union all
    select 'reviews', 'Reviews', 10, load_id, coalesce(held_on, scheduled_on), null from staging.reviews
    union all
    select 'outcomes', 'Outcomes', 11, load_id, month, null from staging.outcomes
)

select entity, label, place, count(*) as rows, cast(sum(amount) as decimal(28, 9)) as amount, min(day) as first_on,
    max(day) as last_on, count(distinct load_id) as loads
from used
group by entity, label, place
