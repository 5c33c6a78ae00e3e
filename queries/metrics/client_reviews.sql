-- name: metrics.client_reviews
-- purpose: Every review of a client, the latest first, and whether it counts as held.
-- grain: load_id, row_number
-- params: client_key VARCHAR
-- needs: reviews
-- columns:
--   load_id           INTEGER  the load that brought the row
--   row_number        BIGINT   the row's place in its file
--   scheduled_on      DATE     when it was planned
--   held_on           DATE     when it was held
--   is_held           BOOLEAN  whether it counts as held
--   not_held_because  VARCHAR  why it doesn't; empty if it does

select load_id, row_number, scheduled_on, held_on, is_held, not_held_because
from core.fct_reviews
where client_key = $client_key
order by coalesce(held_on, scheduled_on) desc nulls last, load_id asc, row_number asc
