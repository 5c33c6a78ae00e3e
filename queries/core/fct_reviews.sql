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
--   not_held_because  VARCHAR  not yet held, cancelled, no show or internal; empty if it counts

with judged as (
    select *,
        case
            when held_on is null then 'not held'
            when keyword(status) in ('cancelled', 'canceled') then 'cancelled'
            when keyword(status) in ('no_show', 'noshow') then 'no show'
            when keyword(kind) = 'internal' then 'internal'
        end as not_held_because
    from staging.reviews
)

select load_id, row_number, client_key, scheduled_on, held_on, not_held_because is null as is_held, not_held_because
from judged
