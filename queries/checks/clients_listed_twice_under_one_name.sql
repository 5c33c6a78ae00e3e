-- name: checks.clients_listed_twice_under_one_name
-- purpose: Rows of the clients file that another row for the same client overrides.
-- grain: load_id, row_number
-- columns:
--   client      VARCHAR  the client
--   load_id     INTEGER  the load that brought the row
--   row_number  BIGINT   the row's place in its file

select client, load_id, row_number
from staging.clients
where not is_standing
