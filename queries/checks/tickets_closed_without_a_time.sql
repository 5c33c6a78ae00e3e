-- name: checks.tickets_closed_without_a_time
-- purpose: Tickets whose status says closed and that have no time of it: neither open nor resolved.
-- grain: load_id, row_number
-- columns:
--   ticket_id   VARCHAR  the ticket's number
--   client      VARCHAR  the client
--   status      VARCHAR  its status
--   load_id     INTEGER  the load that brought the row
--   row_number  BIGINT   the row's place in its file

select ticket_id, client, status, load_id, row_number
from staging.tickets
where resolved_at is null
    and closed_at is null
    and says_closed(status)
