-- name: workspace.kept_entities
-- purpose: The kinds of rows that the loads of a workspace are said to hold.

select distinct entity as kind from raw.loads where entity is not null
union
select distinct entity as kind from raw.mappings where entity is not null
