-- name: core.agreement_names
-- purpose: What each name of an agreement on invoice lines and time entries stands for: the agreement of its client
--   with that number, else the name itself.
-- grain: client_key, written_key
-- columns:
--   client_key     VARCHAR  key of the client
--   written_key    VARCHAR  key of the name as written
--   agreement_key  VARCHAR  key of the agreement's name
--   agreement      VARCHAR  its name

with written as (
    select client_key, agreement from staging.invoice_lines where agreement is not null
    union all
    select entries.client_key, entries.agreement from staging.time_entries as entries where agreement is not null
    union all
    select tickets.client_key, entries.agreement
    from staging.time_entries as entries
    inner join staging.tickets as tickets using (ticket_id)
    where entries.client_key is null and entries.agreement is not null
),

spelt as (
    select client_key, name_key(spelling(agreement)) as written_key, min(spelling(agreement)) as agreement
    from written
    where client_key is not null
    group by all
),

listed as (
    select client_key, name_key(spelling(agreement_id)) as written_key, min(spelling(name)) as agreement
    from core.dim_agreements
    where name is not null and agreement_id is not null
    group by all
)

select spelt.client_key, spelt.written_key,
    coalesce(name_key(listed.agreement), spelt.written_key) as agreement_key,
    coalesce(listed.agreement, spelt.agreement) as agreement
from spelt
left join listed using (client_key, written_key)
