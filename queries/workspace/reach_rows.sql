-- name: workspace.reach_rows
-- purpose: Name the rows that share a key with those of a load, or without one may say the same.
-- params: load INTEGER
-- takes: keys: the stored rows of the entity with their keys alone

create or replace temp table reached_rows as
select
    stored.load_id,
    stored.row_number
from keys as stored
where stored.row_key in (select told.row_key from keys as told where told.load_id = $load)
union all
select
    keyless.load_id,
    keyless.row_number
from keys as keyless
where
    keyless.row_key is null
    and keyless.told_hash in (
        select alike.told_hash from keys as alike
        where
            alike.load_id = $load
            and alike.row_key is null
    )
