-- name: staging.ticket_pauses
-- purpose: Pauses of tickets' clocks in use, one row each.
-- grain: load_id, row_number
-- columns:
--   ticket_id   VARCHAR    the ticket's number, as the tickets file writes it
--   paused_at   TIMESTAMP  when the clock stopped
--   resumed_at  TIMESTAMP  when it went on; empty while it still stands
--   reason      VARCHAR    what was waited for
--   load_id     INTEGER    the load that brought the row
--   row_number  BIGINT     the row's place in its file

select
    coalesce(numbers.ticket_id, ticket_pauses.ticket_id) as ticket_id, ticket_pauses.paused_at,
    ticket_pauses.resumed_at, ticket_pauses.reason, ticket_pauses.load_id, ticket_pauses.row_number
from raw.ticket_pauses as ticket_pauses
left join staging.ticket_numbers as numbers on ticket_pauses.ticket_id = numbers.raw_ticket_id
anti join raw.unused_rows as unused
    on unused.entity = 'ticket_pauses'
    and ticket_pauses.load_id = unused.load_id
    and ticket_pauses.row_number = unused.row_number
