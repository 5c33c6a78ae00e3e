-- name: workspace.part_names
-- purpose: Let a name that was merged stand for itself again.
-- params: kind VARCHAR, name_key VARCHAR

delete from raw.aliases where kind = $kind and name_key = $name_key
