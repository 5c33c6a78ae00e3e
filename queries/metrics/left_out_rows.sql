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
--   words        VARCHAR  why, in words
--   column_name  VARCHAR  the cell at fault, where one is
--   value        VARCHAR  what it held
--   raw_text     VARCHAR  the row as found
--   stands_for   VARCHAR  which row counts in its place

with rivals as (
    select picked.load_id, picked.entity, picked.row_number, rival.row_number as rival_number
    from raw.picked as picked
    inner join raw.conflicts as own using (load_id, entity, row_number)
    inner join raw.conflicts as rival
        on own.load_id = rival.load_id
        and own.entity = rival.entity
        and own.row_key = rival.row_key
),

gone as (
    select load_id, entity, row_number, 'quarantined' as fate, reason, column_name, value, raw_text,
        null as by_load_id, null as by_row_number
    from raw.quarantine
    union all
    select aside.load_id, aside.entity, aside.row_number, 'set_aside' as fate, aside.reason, null, null,
        aside.raw_text, chosen.load_id as by_load_id, chosen.row_number as by_row_number
    from raw.set_aside as aside
    left join rivals as chosen
        on aside.reason = 'other_version_chosen'
        and aside.load_id = chosen.load_id
        and aside.entity = chosen.entity
        and aside.row_number = chosen.rival_number
    union all
    select load_id, entity, row_number, 'replaced', fate, null, null, null, by_load_id, by_row_number
    from raw.unused_rows
),

told as (
    select gone.load_id, gone.entity, gone.row_number, gone.fate, string_agg(gone.reason, ', ') as reason,
        string_agg(coalesce(reasons.words, replace(gone.reason, '_', ' ')), '; ') as words,
        any_value(gone.column_name) as column_name, any_value(gone.value) as value,
        any_value(gone.raw_text) as raw_text, any_value(gone.by_load_id) as by_load_id,
        any_value(gone.by_row_number) as by_row_number
    from gone
    left join metrics.left_out_reasons as reasons using (reason)
    group by gone.load_id, gone.entity, gone.row_number, gone.fate
)

select told.load_id, loads.file_name, told.entity, told.row_number, told.fate, told.reason, told.words,
    nullif(told.column_name, '') as column_name, told.value, told.raw_text,
    'row ' || told.by_row_number || ' of ' || later.file_name as stands_for
from told
left join raw.loads as loads on told.load_id = loads.load_id
left join raw.loads as later on told.by_load_id = later.load_id
order by told.load_id asc, told.row_number asc
