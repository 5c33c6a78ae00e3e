-- name: workspace.version_at
-- purpose: The kind of a row that is one of several versions of its key.
-- params: load INTEGER, row BIGINT

select entity from raw.conflicts where load_id = $load and row_number = $row
