-- name: workspace.keep_mapping
-- purpose: Keep the mapping of a header.
-- params: fingerprint VARCHAR, entity VARCHAR, mapping VARCHAR

insert or replace into raw.mappings values ($fingerprint, $entity, $mapping)
