-- name: workspace.next_load
-- purpose: The number that the next load gets.

select coalesce(max(load_id), 0) + 1 as load_id from raw.loads
