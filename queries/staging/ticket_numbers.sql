-- name: staging.ticket_numbers
-- purpose: Ticket numbers of entries and pauses that no ticket has as written, with the only ticket they can mean.
-- grain: raw_ticket_id
-- columns:
--   raw_ticket_id  VARCHAR  the number as a file of entries or pauses has it
--   ticket_id      VARCHAR  the one ticket whose number is the same but for how it is written; empty if none or several

with named as (
    select ticket_id from raw.time_entries
    union
    select ticket_id from raw.ticket_pauses
),

unmatched as (
    select named.ticket_id, ticket_number(named.ticket_id) as number
    from named
    anti join staging.tickets as tickets using (ticket_id)
    where named.ticket_id is not null
),

numbered as (
    select ticket_number(tickets.ticket_id) as number, min(tickets.ticket_id) as ticket_id
    from staging.tickets as tickets
    where exists (select 1 from unmatched)
    group by number
    having count(distinct tickets.ticket_id) = 1
)

select unmatched.ticket_id as raw_ticket_id, numbered.ticket_id
from unmatched
left join numbered on unmatched.number = numbered.number and unmatched.number != ''
