-- name: workspace.insert_flags
-- purpose: Write down what looks odd in the rows of a load.
-- params: load INTEGER, entity VARCHAR
-- takes: incoming: row_number, flag, detail

insert into raw.flags
select distinct
    $load,
    $entity,
    row_number,
    flag,
    detail
from incoming
