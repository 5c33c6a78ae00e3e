-- name: workspace.load_facts
-- purpose: All that was written down of one load.
-- params: load INTEGER

select * from raw.loads where load_id = $load
