-- name: workspace.kept_texts
-- purpose: What a workspace keeps as JSON: mappings and answers.

select mapping as kept from raw.mappings
union all
select mapping as kept from raw.loads
union all
select answers as kept from raw.loads
