-- name: workspace.answers
-- purpose: What was answered about the files of the loads that are in use, the earliest first.

select answers
from raw.loads
where undone_at is null and answers like '%:%'
order by load_id
