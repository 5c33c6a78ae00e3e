-- name: metrics.load_warnings
-- purpose: What looked wrong with each file while it was read.
-- grain: load_id
-- columns:
--   load_id  INTEGER  the load
--   words    VARCHAR  the warnings, one sentence after the other

with said as (
    select load_id, unnest(from_json(warnings, '["VARCHAR"]')) as sentence from raw.loads where undone_at is null
)

select load_id, string_agg(sentence, ' ') as words from said group by load_id
