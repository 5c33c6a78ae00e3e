-- name: workspace.count_rows
-- purpose: How many rows of one load are stored.
-- entity: any
-- params: load INTEGER

select count(*) as many from raw.{entity} where load_id = $load
