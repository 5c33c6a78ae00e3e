-- name: metrics.left_out_rows
-- purpose: Every row of a file that reaches no number, why, and how it stood there.
-- grain: load_id, entity, row_number, fate
-- columns:
--   load_id      INTEGER  the load
--   file_name    VARCHAR  the file
--   entity       VARCHAR  the kind of row
--   row_number   BIGINT   the row's place in its file
--   fate         VARCHAR  quarantined (can't be read), set_aside (no data) or replaced (another row stands for it)
--   reason       VARCHAR  why
--   column_name  VARCHAR  the cell at fault, where one is
--   value        VARCHAR  what it held
--   raw_text     VARCHAR  the row as found

with gone as (
    select load_id, entity, row_number, 'quarantined' as fate, string_agg(reason, ', ') as reason,
        any_value(column_name) as column_name, any_value(value) as value, any_value(raw_text) as raw_text
    from raw.quarantine
    group by load_id, entity, row_number
    union all
    select load_id, entity, row_number, 'set_aside' as fate, string_agg(reason, ', '), null, null, any_value(raw_text)
    from raw.set_aside
    group by load_id, entity, row_number
    union all
    select load_id, entity, row_number, 'replaced' as fate, any_value(fate), null, null,
        concat('row ', any_value(by_row_number), ' of load ', any_value(by_load_id), ' stands for it')
    from raw.unused_rows
    group by load_id, entity, row_number
)

select gone.load_id, loads.file_name, gone.entity, gone.row_number, gone.fate, gone.reason,
    nullif(gone.column_name, '') as column_name, gone.value, gone.raw_text
from gone
left join raw.loads as loads using (load_id)
order by gone.load_id asc, gone.row_number asc
