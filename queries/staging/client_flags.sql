-- name: staging.client_flags
-- purpose: Rows whose client is remarkable beside the other files: unknown to the clients file, or only billed.
-- grain: entity, load_id, row_number, flag
-- columns:
--   entity      VARCHAR  the kind of row
--   load_id     INTEGER  the load that brought the row
--   row_number  BIGINT   the row's place in its file
--   flag        VARCHAR  unknown_client or client_only_in_billing
--   detail      VARCHAR  the client

with named as (
    select 'tickets' as entity, load_id, row_number, client_key, client from staging.tickets
    union all
    select 'time_entries' as entity, load_id, row_number, client_key, client from staging.time_entries
    union all
    select 'invoice_lines' as entity, load_id, row_number, client_key, client from staging.invoice_lines
    union all
    select 'agreements' as entity, load_id, row_number, client_key, client from staging.agreements
    union all
    select 'reviews' as entity, load_id, row_number, client_key, client from staging.reviews
    union all
    select 'outcomes' as entity, load_id, row_number, client_key, client from staging.outcomes
),

worked as (
    select distinct client_key from named where entity in ('tickets', 'time_entries') and client_key is not null
)

select named.entity, named.load_id, named.row_number, 'unknown_client' as flag, named.client as detail
from named
where named.client_key != '(no client)'
    and exists (select 1 from staging.clients as listed)
    and not exists (select 1 from staging.clients as listed where named.client_key = listed.client_key)
union all
select named.entity, named.load_id, named.row_number, 'client_only_in_billing' as flag, named.client as detail
from named
where named.entity = 'invoice_lines'
    and exists (select 1 from worked)
    and not exists (select 1 from worked where named.client_key = worked.client_key)
