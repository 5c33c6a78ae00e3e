-- name: workspace.insert_quarantined
-- purpose: Write down the rows of a load that can't be read, each with its reason, place and text.
-- params: load INTEGER, entity VARCHAR
-- takes: incoming: row_number, reason, column, value, raw_text, money, hours

insert into raw.quarantine
select
    $load,
    $entity,
    row_number,
    reason,
    "column",
    value,
    raw_text,
    money,
    hours
from incoming
