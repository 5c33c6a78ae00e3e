-- name: workspace.keep_versions
-- purpose: Keep rows that contradict each other about a key, and say in which columns they differ.
-- entity: any
-- params: load INTEGER, entity VARCHAR
-- takes: incoming: row_number; keyed: the stored rows of the entity with their keys

insert into raw.conflicting_{entity}
select * from raw.{entity}
where
    load_id = $load
    and row_number in (select row_number from incoming);

insert into raw.conflicts
with captions as (
    select
        list(replace(column_name, '_', ' ') order by column_index) as captions,
        list(data_type like 'DECIMAL%' order by column_index) as are_decimal
    from duckdb_columns()
    where
        schema_name = 'raw'
        and table_name = $entity
        and column_name not in ('load_id', 'row_number')
),
texts as (
    select
        row_number,
        list_value(*columns(* exclude (row_number))) as cells
    from (
        select
            row_number,
            coalesce(columns(* exclude (load_id, row_number))::varchar, '')
        from raw.conflicting_{entity}
        where load_id = $load
    ) as spelt
),
cells as (
    select
        keyed.row_number,
        keyed.row_key,
        generate_subscripts(texts.cells, 1) as place,
        unnest(texts.cells) as cell,
        unnest(captions.captions) as caption,
        unnest(captions.are_decimal) as is_decimal
    from keyed
    inner join texts using (row_number)
    cross join captions
    where keyed.load_id = $load
),
shown as (
    select
        * exclude (cell, is_decimal),
        -- decimals come with all their zeros
        if(is_decimal, regexp_replace(cell, '\.?0+$', ''), cell) as cell
    from cells
),
compared as (
    select
        *,
        min(cell) over one_column <> max(cell) over one_column as is_differing
    from shown
    window one_column as (partition by row_key, place)
)
select
    $load,
    $entity,
    row_number,
    row_key,
    coalesce(
        string_agg(caption || ' ' || coalesce(nullif(left(cell, 80), ''), 'empty'), ', ' order by place)
        filter (where is_differing),
        ''
    )
from compared
group by row_number, row_key
