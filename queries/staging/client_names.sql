-- name: staging.client_names
-- purpose: Which client each spelling in the files means, and how that client's name is shown.
-- grain: raw_client
-- columns:
--   raw_client  VARCHAR  the name as a file has it
--   client_key  VARCHAR  the name NFC, in lower case, with single blanks, after the user's aliases
--   client      VARCHAR  the clients file's spelling, else the most frequent, ties alphabetical
--   is_client   BOOLEAN  whether it is named as a client somewhere and not only as a parent
--   name_key    VARCHAR  the spelling's own key, before the user's aliases
--   spelling    VARCHAR  the spelling, NFC and with single blanks

with named as (
    select 'clients' as entity, load_id, row_number, client as raw_client, true as is_client, true as is_listed
    from raw.clients
    union all
    select 'clients' as entity, load_id, row_number, parent, false, false from raw.clients
    union all
    select 'tickets' as entity, load_id, row_number, client, true, false from raw.tickets
    union all
    select 'time_entries' as entity, load_id, row_number, client, true, false from raw.time_entries
    union all
    select 'invoice_lines' as entity, load_id, row_number, client, true, false from raw.invoice_lines
    union all
    select 'agreements' as entity, load_id, row_number, client, true, false from raw.agreements
    union all
    select 'reviews' as entity, load_id, row_number, client, true, false from raw.reviews
    union all
    select 'outcomes' as entity, load_id, row_number, client, true, false from raw.outcomes
),

counted as (
    select raw_client, bool_or(is_client) as is_client, bool_or(is_listed) as is_listed, count(*) as times
    from named
    anti join raw.unused_rows as unused using (entity, load_id, row_number)
    where raw_client is not null
    group by raw_client
),

spelled as (
    select *, spelling(raw_client) as spelling
    from counted
),

keyed as (
    select *, name_key(spelling) as name_key from spelled
),

resolved as (
    select keyed.*, coalesce(aliases.target_key, keyed.name_key) as client_key
    from keyed
    left join (
        select name_key, min(target_key) as target_key from raw.aliases where kind = 'client' group by name_key
    ) as aliases using (name_key)
),

ranked as (
    select client_key, spelling
    from resolved
    group by client_key, spelling
    qualify row_number() over (
        partition by client_key
        order by bool_or(name_key = client_key) desc, bool_or(is_listed) desc, sum(times) desc, spelling asc
    ) = 1
)

select resolved.raw_client, resolved.client_key, ranked.spelling as client, resolved.is_client, resolved.name_key,
    resolved.spelling
from resolved
inner join ranked using (client_key)
