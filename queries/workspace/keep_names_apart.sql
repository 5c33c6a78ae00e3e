-- name: workspace.keep_names_apart
-- purpose: Remember that two names that look alike are two.
-- params: kind VARCHAR, name_key VARCHAR, target_key VARCHAR

insert into raw.aliases values ($kind || ' apart', $name_key, $target_key)
