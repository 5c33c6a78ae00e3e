-- name: workspace.offer_names_again
-- purpose: Take back that two names are two.
-- params: kind VARCHAR, name_key VARCHAR, target_key VARCHAR

delete from raw.aliases where kind = $kind || ' apart' and name_key = $name_key and target_key = $target_key
