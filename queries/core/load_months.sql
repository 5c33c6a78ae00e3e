-- name: core.load_months
-- purpose: How many rows in use each load brought for each month.
-- grain: load_id, entity, month_start
-- columns:
--   load_id      INTEGER  the load
--   entity       VARCHAR  the kind of row
--   month_start  DATE     month of what happened, or of the start of what lasts; empty where the row has no date
--   rows         BIGINT   rows in use

with used as (
    select load_id, 'tickets' as entity, cast(opened_at as date) as day from staging.tickets
    union all
    select load_id, 'ticket_pauses', cast(paused_at as date) from staging.ticket_pauses
    union all
    select load_id, 'time_entries', worked_on from staging.time_entries
    union all
    select load_id, 'invoice_lines', invoiced_on from staging.invoice_lines
    union all
    select load_id, 'agreements', starts_on from staging.agreements
    union all
    select load_id, 'clients', starts_on from staging.clients
    union all
    select load_id, 'technicians', starts_on from staging.technicians
    union all
    select load_id, 'time_off', day from staging.time_off
    union all
    select load_id, 'holidays', day from staging.holidays
    union all
    select load_id, 'reviews', coalesce(held_on, scheduled_on) from staging.reviews
    union all
    select load_id, 'outcomes', month from staging.outcomes
)

select load_id, entity, cast(date_trunc('month', day) as date) as month_start, count(*) as rows
from used
group by load_id, entity, cast(date_trunc('month', day) as date)
