-- name: metrics.left_out_counts
-- purpose: How many rows of each load reach no number, by what became of them and why.
-- grain: load_id, fate, reason
-- columns:
--   load_id    INTEGER  the load
--   file_name  VARCHAR  the file
--   entity     VARCHAR  the kind of row
--   fate       VARCHAR  quarantined (can't be read), set_aside (no data) or replaced (another row stands for it)
--   reason     VARCHAR  why
--   words      VARCHAR  why they reach no number
--   rows       BIGINT   rows

with gone as (
    select load_id, entity, row_number, 'quarantined' as fate, min(reason) as reason
    from raw.quarantine
    group by load_id, entity, row_number
    union all
    select load_id, entity, row_number, 'set_aside' as fate, min(reason) as reason
    from raw.set_aside
    group by load_id, entity, row_number
    union all
    select load_id, entity, row_number, 'replaced' as fate, fate as reason from raw.unused_rows
)

select gone.load_id, loads.file_name, gone.entity, gone.fate, gone.reason,
    coalesce(any_value(reasons.words), replace(gone.reason, '_', ' ')) as words, count(*) as rows
from gone
left join raw.loads as loads using (load_id)
left join metrics.left_out_reasons as reasons using (reason)
group by gone.load_id, loads.file_name, gone.entity, gone.fate, gone.reason
order by count(*) desc, gone.load_id asc, gone.reason asc
