-- name: core.name_uses
-- purpose: How many rows in use of each load name each client and technician.
-- grain: kind, name_key, entity, load_id
-- columns:
--   kind      VARCHAR  client or technician
--   name_key  VARCHAR  key of the name
--   entity    VARCHAR  the kind of row
--   load_id   INTEGER  the load
--   rows      BIGINT   rows in use that name it

with named as (
    select 'client' as kind, client_key as name_key, 'clients' as entity, load_id from staging.clients
    union all
    select 'client', client_key, 'tickets', load_id from staging.tickets
    union all
    select 'client', client_key, 'time_entries', load_id from staging.time_entries
    union all
    select 'client', client_key, 'invoice_lines', load_id from staging.invoice_lines
    union all
    select 'client', client_key, 'agreements', load_id from staging.agreements
    union all
    select 'client', client_key, 'reviews', load_id from staging.reviews
    union all
    select 'client', client_key, 'outcomes', load_id from staging.outcomes
    union all
    select 'technician', technician_key, 'technicians', load_id from staging.technicians
    union all
    select 'technician', technician_key, 'tickets', load_id from staging.tickets
    union all
    select 'technician', technician_key, 'time_entries', load_id from staging.time_entries
    union all
    select 'technician', technician_key, 'time_off', load_id from staging.time_off
)

select kind, name_key, entity, load_id, count(*) as rows
from named
where name_key is not null
group by kind, name_key, entity, load_id
