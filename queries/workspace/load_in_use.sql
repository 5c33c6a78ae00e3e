-- name: workspace.load_in_use
-- purpose: The file and kind of a load that was not taken back.
-- params: load INTEGER

select
    entity,
    file_name
from raw.loads
where
    load_id = $load
    and undone_at is null
