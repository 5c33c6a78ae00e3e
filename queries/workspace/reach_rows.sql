-- name: workspace.reach_rows
-- purpose: Name the rows that share a key with those of a load, or without one may say the same.
-- params: load INTEGER
-- takes: keys: the stored rows of the entity with their keys alone

create or replace temp table reached_rows as
select
    load_id,
    row_number
from keys
where row_key in (select row_key from keys where load_id = $load)
union all
select
    load_id,
    row_number
from keys
where
    row_key is null
    and told_hash in (
        select told_hash from keys
        where
            load_id = $load
            and row_key is null
    )
