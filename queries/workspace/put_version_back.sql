-- name: workspace.put_version_back
-- purpose: Take a version out of the loaded rows and into the quarantine again.
-- entity: any
-- params: load INTEGER, row BIGINT, entity VARCHAR

update raw.loads
set
    rows_in_table = rows_in_table - 1,
    records = records - 1,
    rows_quarantined = rows_quarantined + 1,
    money_loaded = money_loaded - coalesce(moved.money, 0),
    money_quarantined = money_quarantined + coalesce(moved.money, 0),
    hours_loaded = hours_loaded - coalesce(moved.hours, 0),
    hours_quarantined = hours_quarantined + coalesce(moved.hours, 0)
from raw.picked as moved
where
    loads.load_id = $load
    and moved.load_id = $load
    and moved.row_number = $row
    and moved.entity = $entity;

insert into raw.quarantine
select * from raw.picked where load_id = $load and row_number = $row;

delete from raw.{entity} where load_id = $load and row_number = $row;
delete from raw.picked where load_id = $load and row_number = $row;
delete from raw.flags where load_id = $load and row_number = $row and flag = 'version_chosen'
