-- name: workspace.merge_names
-- purpose: Count everything under one name for another; names merged into the first follow.
-- params: kind VARCHAR, name_key VARCHAR, target_key VARCHAR

delete from raw.aliases where kind = $kind and name_key = $target_key;
update raw.aliases set target_key = $target_key where kind = $kind and target_key = $name_key;
delete from raw.aliases where kind = $kind and name_key = $name_key;
insert into raw.aliases values ($kind, $name_key, $target_key)
