-- name: workspace.settle_keyed
-- purpose: Of the rows with one key, the latest that says something new counts.
-- params: entity VARCHAR
-- takes: keyed: the stored rows of the entity with their keys

insert into raw.unused_rows
with versions as (
    select
        load_id,
        row_number,
        row_key,
        row_hash,
        coalesce(lag(row_hash) over one_key = row_hash, false) as is_same
    from keyed
    where row_key is not null
    window one_key as (partition by row_key order by load_id)
),
used as (
    select
        row_key,
        max(load_id) as load_id,
        arg_max(row_number, load_id) as row_number
    from versions
    where not is_same
    group by row_key
)
select
    versions.load_id,
    $entity,
    versions.row_number,
    if(versions.is_same, 'already_loaded', 'superseded'),
    used.load_id as by_load_id,
    used.row_number as by_row_number
from versions
inner join used using (row_key)
where versions.load_id <> used.load_id
