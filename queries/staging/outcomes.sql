-- name: staging.outcomes
-- purpose: Outcome measures in use, one row for each client, month and measure.
-- grain: load_id, row_number
-- columns:
--   client      VARCHAR  the client
--   month       DATE     the month, any day of it
--   measure     VARCHAR  what was measured
--   value       DOUBLE   what came out
--   target      DOUBLE   what was promised
--   direction   VARCHAR  higher or lower: which is better; empty is judged by the measure's name
--   client_key  VARCHAR  key of the client
--   load_id     INTEGER  the load that brought the row
--   row_number  BIGINT   the row's place in its file

select
    client_names.client, outcomes.month, outcomes.measure, outcomes.value, outcomes.target, outcomes.direction,
    client_names.client_key, outcomes.load_id, outcomes.row_number
from raw.outcomes as outcomes
left join staging.client_names as client_names on outcomes.client = client_names.raw_client
anti join raw.unused_rows as unused
    on unused.entity = 'outcomes'
    and outcomes.load_id = unused.load_id
    and outcomes.row_number = unused.row_number
