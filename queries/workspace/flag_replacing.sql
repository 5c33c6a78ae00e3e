-- name: workspace.flag_replacing
-- purpose: Flag each row that replaces an older one with what it changed, in words.
-- entity: any
-- params: entity VARCHAR, flag VARCHAR
-- takes: reached_rows: the rows of which it was decided

insert into raw.flags
with captions as (
    select list(column_name order by column_index) as captions
    from duckdb_columns()
    where
        schema_name = 'raw'
        and table_name = $entity
        and column_name not in ('load_id', 'row_number')
),
replaced as (
    select * from raw.unused_rows
    semi join reached_rows using (load_id, row_number)
    where
        entity = $entity
        and fate in ('superseded', 'replaced_invoice')
),
involved as (
    select
        load_id,
        row_number
    from replaced
    union
    select
        by_load_id,
        by_row_number
    from replaced
),
stored as (
    select
        load_id,
        row_number,
        list_value(*columns(* exclude (load_id, row_number))) as cells
    from (
        select
            load_id,
            row_number,
            columns(* exclude (load_id, row_number))::varchar
        from raw.{entity}
        semi join involved using (load_id, row_number)
    ) as spelt
)
select
    replaced.by_load_id,
    $entity,
    replaced.by_row_number,
    $flag,
    string_agg(
        array_to_string(
            list_transform(
                list_filter(
                    list_zip(captions.captions, old.cells, new.cells),
                    lambda cell: cell[2] is distinct from cell[3]
                ),
                lambda cell: cell[1] || ' was ' || coalesce(left(cell[2], 80), 'empty')
            ),
            ', '
        ),
        '; '
    )
from replaced
inner join stored as old on old.load_id = replaced.load_id and old.row_number = replaced.row_number
inner join stored as new on new.load_id = replaced.by_load_id and new.row_number = replaced.by_row_number
cross join captions
group by replaced.by_load_id, replaced.by_row_number
