-- name: workspace.drop_rows
-- purpose: Take out the rows of a file whose load is given up.
-- entity: any
-- params: first_load INTEGER

delete from raw.{entity} where load_id >= $first_load
