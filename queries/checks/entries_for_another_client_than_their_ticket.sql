-- name: checks.entries_for_another_client_than_their_ticket
-- purpose: Time entries whose own client differs from their ticket's; their own counts.
-- grain: load_id, row_number
-- columns:
--   clients     VARCHAR  the entry's client, and its ticket's
--   load_id     INTEGER  the load that brought the row
--   row_number  BIGINT   the row's place in its file

select detail as clients, load_id, row_number
from core.flagged_rows
where flag = 'client_differs_from_ticket'
