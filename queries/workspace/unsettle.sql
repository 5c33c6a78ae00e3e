-- name: workspace.unsettle
-- purpose: Forget which rows of an entity count, and that any replaces an older one.
-- params: entity VARCHAR, flag VARCHAR

delete from raw.unused_rows where entity = $entity;
delete from raw.flags where entity = $entity and flag = $flag
