-- name: workspace.flags_before_build
-- purpose: How many rows of a load carry each flag that its file alone gives, and under no flag how many carry any.
-- params: load INTEGER, entity VARCHAR

select
    flag,
    count(distinct row_number) as rows
from raw.flags
where
    entity = $entity
    and load_id = $load
group by grouping sets ((flag), ())
order by flag
