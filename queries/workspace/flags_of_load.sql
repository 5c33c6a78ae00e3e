-- name: workspace.flags_of_load
-- purpose: How many rows of a load carry each flag, and under no flag how many carry any.
-- params: load INTEGER, entity VARCHAR

select
    flag,
    count(distinct row_number) as rows
from core.flagged_rows
where
    entity = $entity
    and load_id = $load
group by grouping sets ((flag), ())
order by flag
