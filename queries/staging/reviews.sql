-- name: staging.reviews
-- purpose: Business reviews in use, one row each, with the client under its shown name.
-- grain: load_id, row_number
-- columns:
--   client             VARCHAR  the client
--   scheduled_on       DATE     when it was planned
--   held_on            DATE     when it was held
--   status             VARCHAR  held, scheduled, cancelled or no_show
--   kind               VARCHAR  qbr, annual, internal
--   executive_present  BOOLEAN  whether a decision maker came
--   client_key         VARCHAR  key of the client
--   load_id            INTEGER  the load that brought the row
--   row_number         BIGINT   the row's place in its file

select
    client_names.client, reviews.scheduled_on, reviews.held_on, reviews.status, reviews.kind,
    reviews.executive_present, client_names.client_key, reviews.load_id, reviews.row_number
from raw.reviews as reviews
left join staging.client_names as client_names on reviews.client = client_names.raw_client
anti join raw.unused_rows as unused
    on unused.entity = 'reviews'
    and reviews.load_id = unused.load_id
    and reviews.row_number = unused.row_number
