-- name: workspace.pick_version
-- purpose: Take a version out of the quarantine and into the loaded rows.
-- entity: any
-- params: load INTEGER, row BIGINT, entity VARCHAR

insert into raw.{entity}
select * from raw.conflicting_{entity} where load_id = $load and row_number = $row;

insert into raw.picked
select * from raw.quarantine where load_id = $load and row_number = $row;

delete from raw.quarantine where load_id = $load and row_number = $row;

insert into raw.flags values ($load, $entity, $row, 'version_chosen', '');

update raw.loads
set
    rows_in_table = rows_in_table + 1,
    records = records + 1,
    rows_quarantined = rows_quarantined - 1,
    money_loaded = money_loaded + coalesce(moved.money, 0),
    money_quarantined = money_quarantined - coalesce(moved.money, 0),
    hours_loaded = hours_loaded + coalesce(moved.hours, 0),
    hours_quarantined = hours_quarantined - coalesce(moved.hours, 0)
from raw.picked as moved
where
    loads.load_id = $load
    and moved.load_id = $load
    and moved.row_number = $row
    and moved.entity = $entity
