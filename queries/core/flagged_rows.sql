-- name: core.flagged_rows
-- purpose: Everything remarkable about rows in use: what their own cells show and what the other files show.
-- grain: entity, load_id, row_number, flag
-- columns:
--   entity      VARCHAR  the kind of row
--   load_id     INTEGER  the load that brought the row
--   row_number  BIGINT   the row's place in its file
--   flag        VARCHAR  the flag's name
--   detail      VARCHAR  what exactly

with own as (
    select flags.entity, flags.load_id, flags.row_number, flags.flag, string_agg(flags.detail, '; ') as detail
    from raw.flags as flags
    anti join raw.unused_rows as unused
        on flags.entity = unused.entity
        and flags.load_id = unused.load_id
        and flags.row_number = unused.row_number
    group by flags.entity, flags.load_id, flags.row_number, flags.flag
),

contextual as (
    select entity, load_id, row_number, flag, detail from staging.client_flags
    union all
    select 'time_entries' as entity, load_id, row_number, flag, detail from staging.time_entry_flags
)

select entity, load_id, row_number, flag, detail from own
union all
select contextual.entity, contextual.load_id, contextual.row_number, contextual.flag, contextual.detail
from contextual
anti join own using (entity, load_id, row_number, flag)
