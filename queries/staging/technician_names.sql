-- name: staging.technician_names
-- purpose: Which technician each spelling in the files means, "Last, First" turned round, and how the name is shown.
-- grain: raw_technician
-- columns:
--   raw_technician  VARCHAR  the name as a file has it; one of the names where a ticket lists several
--   technician_key  VARCHAR  the name in lower case, single blanks, first name first, after the user's aliases
--   technician      VARCHAR  the technicians file's spelling, else the most frequent, ties alphabetical
--   name_key        VARCHAR  the spelling's own key, before the user's aliases
--   spelling        VARCHAR  the spelling, NFC and with single blanks, first name first

with named as (
    select 'technicians' as entity, load_id, row_number, technician as named_text, true as is_listed
    from raw.technicians
    union all
    select 'tickets' as entity, load_id, row_number, technician, false from raw.tickets
    union all
    select 'time_entries' as entity, load_id, row_number, technician, false from raw.time_entries
    union all
    select 'time_off' as entity, load_id, row_number, technician, false from raw.time_off
),

texts as (
    select entity = 'tickets' as is_ticket, named_text, bool_or(is_listed) as is_listed, count(*) as times
    from named
    anti join raw.unused_rows as unused using (entity, load_id, row_number)
    where named_text is not null
    group by entity = 'tickets', named_text
),

pieces as (
    -- a ticket may list all who worked on it, parted by semicolons
    select unnest(case when is_ticket then string_split(named_text, '; ') else [named_text] end) as raw_technician,
        is_listed, times
    from texts
),

spelled as (
    select raw_technician, bool_or(is_listed) as is_listed, sum(times) as times,
        regexp_replace(
            spelling(raw_technician), '^([^,]+?) ?, ?([^,]+)$', '\2 \1'
        ) as spelling
    from pieces
    group by raw_technician
),

keyed as (
    select *, name_key(spelling) as name_key from spelled
),

resolved as (
    select keyed.*, coalesce(aliases.target_key, keyed.name_key) as technician_key
    from keyed
    left join (
        select name_key, min(target_key) as target_key from raw.aliases where kind = 'technician' group by name_key
    ) as aliases using (name_key)
),

ranked as (
    select technician_key, spelling
    from resolved
    group by technician_key, spelling
    qualify row_number() over (
        partition by technician_key
        order by bool_or(name_key = technician_key) desc, bool_or(is_listed) desc, sum(times) desc, spelling asc
    ) = 1
)

select resolved.raw_technician, resolved.technician_key, ranked.spelling as technician, resolved.name_key,
    resolved.spelling
from resolved
inner join ranked using (technician_key)
