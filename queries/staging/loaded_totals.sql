-- name: staging.loaded_totals
-- purpose: Rows, money and hours in use as the files brought them, before any cleaning.
-- grain: entity
-- columns:
--   entity  VARCHAR        the kind of row
--   rows    BIGINT         rows in use
--   money   DECIMAL(28,4)  sum of amounts, of invoice lines only
--   hours   DECIMAL(28,9)  sum of hours, of time entries and tickets

with loaded as (
    select 'tickets' as entity, load_id, row_number, null as money, hours from raw.tickets
    union all
    select 'time_entries', load_id, row_number, null, hours from raw.time_entries
    union all
    select 'invoice_lines', load_id, row_number, amount, null from raw.invoice_lines
    union all
    select 'agreements', load_id, row_number, null, null from raw.agreements
    union all
    select 'clients', load_id, row_number, null, null from raw.clients
    union all
    select 'technicians', load_id, row_number, null, null from raw.technicians
    union all
    select 'time_off', load_id, row_number, null, null from raw.time_off
    union all
    select 'reviews', load_id, row_number, null, null from raw.reviews
    union all
    select 'ticket_pauses', load_id, row_number, null, null from raw.ticket_pauses
    union all
    select 'outcomes', load_id, row_number, null, null from raw.outcomes
    union all
    select 'holidays', load_id, row_number, null, null from raw.holidays
)

select entity, count(*) as rows, cast(sum(money) as decimal(28, 4)) as money,
    cast(sum(hours) as decimal(28, 9)) as hours
from loaded
anti join raw.unused_rows as unused using (entity, load_id, row_number)
group by entity
