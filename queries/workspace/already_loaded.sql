-- name: workspace.already_loaded
-- purpose: Rows of a load that another brought before, and the money and hours in them.
-- entity: any
-- params: load INTEGER, entity VARCHAR

select
    count(*) as rows,
    coalesce(sum({money}), 0) as money,
    coalesce(sum({hours}), 0) as hours
from raw.unused_rows as unused
inner join raw.{entity} as stored
    on
        stored.load_id = unused.load_id
        and stored.row_number = unused.row_number
where
    unused.entity = $entity
    and unused.load_id = $load
    and unused.fate = 'already_loaded'
