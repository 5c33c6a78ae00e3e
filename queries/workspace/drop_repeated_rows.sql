-- name: workspace.drop_repeated_rows
-- purpose: Take rows of one load out again that repeat or contradict others of it.
-- entity: any
-- params: load INTEGER
-- takes: incoming: row_number

delete from raw.{entity}
where
    load_id = $load
    and row_number in (select row_number from incoming)
