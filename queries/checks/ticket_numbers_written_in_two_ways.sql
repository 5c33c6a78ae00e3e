-- name: checks.ticket_numbers_written_in_two_ways
-- purpose: Ticket numbers that entries or pauses write in another way than the tickets file, and the ticket they are.
-- grain: written_as
-- columns:
--   written_as  VARCHAR  the number as a file of entries or pauses has it
--   ticket_id   VARCHAR  the ticket that is meant: the only one whose number is the same but for that

select raw_ticket_id as written_as, ticket_id
from staging.ticket_numbers
where ticket_id is not null
