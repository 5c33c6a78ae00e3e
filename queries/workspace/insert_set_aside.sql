-- name: workspace.insert_set_aside
-- purpose: Write down the rows of a load that are no data, such as totals and repeats.
-- params: load INTEGER, entity VARCHAR
-- takes: incoming: row_number, reason, column, value, raw_text, money, hours

insert into raw.set_aside
select
    $load,
    $entity,
    row_number,
    reason,
    raw_text,
    money,
    hours
from incoming
