-- name: core.flagged_rows
-- purpose: Every row in use that carries a flag.
-- grain: entity, load_id, row_number, flag
-- columns:
--   entity      VARCHAR  the kind of row
--   load_id     INTEGER  the load
--   row_number  BIGINT   the row's place in its file
--   flag        VARCHAR  the flag's name
--   detail      VARCHAR  what exactly

select entity, load_id, row_number, flag, detail from staging.row_flags
