-- name: workspace.has_several_loads
-- purpose: Whether rows of several loads are stored.
-- entity: any

select min(load_id) < max(load_id) as has_several from raw.{entity}
