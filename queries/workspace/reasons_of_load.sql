-- name: workspace.reasons_of_load
-- purpose: How many rows of a load were left out for each reason.
-- params: load INTEGER

select
    reason,
    count(*) as rows
from (
    select reason from raw.quarantine where load_id = $load
    union all
    select reason from raw.set_aside where load_id = $load
) as left_out
group by reason
order by reason
