-- name: workspace.reach_all_rows
-- purpose: Name all rows of an entity as those of which it is to be decided whether they count.
-- entity: any

create or replace temp table reached_rows as
select
    load_id,
    row_number
from raw.{entity}
