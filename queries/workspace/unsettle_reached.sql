-- name: workspace.unsettle_reached
-- purpose: Forget which of the reached rows count, and that any of them replaces an older one.
-- params: flag VARCHAR
-- takes: reached_rows: load_id and row_number

delete from raw.unused_rows as unused using reached_rows as reached
where
    unused.load_id = reached.load_id
    and unused.row_number = reached.row_number;

delete from raw.flags as flags using reached_rows as reached
where
    flags.flag = $flag
    and flags.load_id = reached.load_id
    and flags.row_number = reached.row_number
