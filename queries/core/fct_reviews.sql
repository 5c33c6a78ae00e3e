-- name: core.fct_reviews
-- purpose: Reviews with whether each counts as held, and if not why.
-- grain: load_id, row_number
-- columns:
--   load_id           INTEGER  the load that brought the row
--   row_number        BIGINT   the row's place in its file
--   client_key        VARCHAR  key of the client
--   scheduled_on      DATE     when it was planned
--   held_on           DATE     when it was held
--   is_held           BOOLEAN  held, neither cancelled nor missed, and not internal
--   not_held_because  VARCHAR  not held, rescheduled, no date, cancelled, no show or internal; empty if it counts: a
--                              day on which it was held, though moved, and neither called off nor internal

with judged as (
    select *,
        case
            -- nobody wrote down when, so nothing says that it was
            when held_on is null and keyword(status) in ('held', 'completed', 'done') then 'no date'
            when held_on is null and keyword(status) = 'rescheduled' then 'rescheduled'
            when held_on is null then 'not held'
            when regexp_matches(lower(status), '\bcancell?ed\b') then 'cancelled'
            when regexp_matches(keyword(status), '^no_?show') then 'no show'
            when regexp_matches(lower(kind), '\binternal\b') then 'internal'
        end as not_held_because
    from staging.reviews
)

select load_id, row_number, client_key, scheduled_on, held_on, not_held_because is null as is_held, not_held_because
from judged
