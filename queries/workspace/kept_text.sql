-- name: workspace.kept_text
-- purpose: The text that the user gave for an assumption.
-- params: name VARCHAR

select said from raw.assumptions where name = $name and said is not null
