-- name: workspace.settle_keyless
-- purpose: Rows without a key count as often as the one file has them that has them most.
-- params: entity VARCHAR
-- takes: keyed: the stored rows of the entity with their keys

insert into raw.unused_rows
with living as (
    select
        load_id,
        row_number,
        alike_hash,
        names
    from keyed as stored
    where
        row_key is null
        and not exists (
            select 1
            from raw.unused_rows as gone
            where
                gone.entity = $entity
                and gone.load_id = stored.load_id
                and gone.row_number = stored.row_number
        )
),
counted as (
    -- which spelling of a name stays must not hang on the order of loading
    select
        load_id,
        row_number,
        alike_hash,
        names,
        row_number() over (partition by load_id, alike_hash order by names, row_number) as occurrence
    from living
),
used as (
    select
        alike_hash,
        occurrence,
        arg_min(load_id, (names, load_id)) as load_id,
        arg_min(row_number, (names, load_id)) as row_number
    from counted
    group by alike_hash, occurrence
)
select
    counted.load_id,
    $entity,
    counted.row_number,
    'already_loaded',
    used.load_id as by_load_id,
    used.row_number as by_row_number
from counted
inner join used using (alike_hash, occurrence)
where counted.load_id <> used.load_id
