-- name: checks.reviews_that_do_not_count_as_held
-- purpose: Reviews that are in no completion, and why: not yet held, cancelled, missed or internal.
-- grain: load_id, row_number
-- columns:
--   client            VARCHAR  the client
--   scheduled_on      DATE     when it was planned
--   held_on           DATE     when it was held
--   not_held_because  VARCHAR  why it does not count
--   load_id           INTEGER  the load that brought the row
--   row_number        BIGINT   the row's place in its file

select clients.client, reviews.scheduled_on, reviews.held_on, reviews.not_held_because, reviews.load_id,
    reviews.row_number
from core.fct_reviews as reviews
left join core.dim_clients as clients using (client_key)
where not reviews.is_held
