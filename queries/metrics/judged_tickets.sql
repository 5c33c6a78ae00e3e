-- name: metrics.judged_tickets
-- purpose: Every ticket opened by the end of a day, and how it stands by its targets then, at most on the tickets' last
--   day.
-- grain: load_id, row_number
-- params: until DATE
-- needs: tickets
-- uses: ticket_pauses, holidays
-- columns:
--   load_id      INTEGER  the load that brought the ticket
--   row_number   BIGINT   the ticket's place in its file
--   client_key   VARCHAR  key of the client
--   priority     VARCHAR  its priority; (none) if empty
--   opened_on    DATE     when it was opened
--   is_left_out  BOOLEAN  automatic, without any target, or resolved before it was opened
--   resolution   VARCHAR  met, missed, or open (beyond the target already); empty where it can't be judged
--   response     VARCHAR  met or missed; empty where it can't be judged

with clock as (
    -- no day is none that is earlier
    select least($until, tickets_through) as day from core.data_span
)

select judged.load_id, judged.row_number, judged.client_key, judged.priority, judged.opened_on, judged.is_left_out,
    case
        when judged.resolution_met_on <= clock.day then 'met'
        when judged.resolution_missed_on <= clock.day then 'missed'
        when judged.past_due_on <= clock.day then 'open'
    end as resolution,
    case
        when judged.response_met_on <= clock.day then 'met'
        when judged.response_missed_on <= clock.day then 'missed'
    end as response
from core.judged_tickets as judged
inner join clock on judged.opened_on <= clock.day
