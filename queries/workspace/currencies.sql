-- name: workspace.currencies
-- purpose: The currencies of the amounts that are loaded.

select distinct currency from raw.load_currencies
