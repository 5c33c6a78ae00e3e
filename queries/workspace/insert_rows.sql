-- name: workspace.insert_rows
-- purpose: Store typed rows of one load; columns that the file lacks stay empty.
-- entity: any
-- params: load INTEGER
-- takes: incoming: row_number and the columns that hold anything

insert into raw.{entity} by name
select
    $load::integer as load_id,
    *
from incoming
