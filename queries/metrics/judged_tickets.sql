-- name: metrics.judged_tickets
-- purpose: Every ticket opened by the end of a day, and how it stands by its targets then, at most on the tickets' last
--   day.
-- grain: load_id, row_number
-- params: until DATE
-- needs: tickets
-- uses: ticket_pauses, holidays
-- columns:
--   load_id      INTEGER    the load that brought the ticket
--   row_number   BIGINT     the ticket's place in its file
--   client_key   VARCHAR    key of the client
--   priority     VARCHAR    its priority; (none) if empty
--   opened_at    TIMESTAMP  when it was opened
--   is_left_out  BOOLEAN    automatic, without any target, or resolved before it was opened
--   resolution   VARCHAR    met, missed, or open (beyond the target already); empty where it can't be judged
--   response     VARCHAR    met or missed; empty where it can't be judged
--   is_settled   BOOLEAN    resolved, and answered, so that neither can change any more

with clock as (
    select days.day + interval 1 day as ends_at, days.minutes_before + days.minutes as minute
    from core.data_span as span
    -- no day is none that is earlier
    inner join core.business_days as days on days.day = least($until, span.tickets_through)
),

paused as (
    select pauses.ticket_id,
        sum(least(coalesce(pauses.resumed_minute, clock.minute), clock.minute) - pauses.paused_minute) as minutes
    from core.ticket_pause_clock as pauses
    cross join clock
    where pauses.paused_at < clock.ends_at
    group by pauses.ticket_id
),

stood as (
    select tickets.load_id, tickets.row_number, tickets.client_key, tickets.priority, tickets.opened_at,
        tickets.resolution_target, tickets.response_target, tickets.is_closed_without_time,
        tickets.is_auto_resolved or coalesce(tickets.resolved_at < tickets.opened_at, false) as is_left_out,
        coalesce(tickets.resolved_at < clock.ends_at, false) as is_resolved,
        coalesce(settled_at(tickets.resolved_at, tickets.responded_at) < clock.ends_at, false) as is_settled,
        clock.minute - tickets.opened_minute - coalesce(paused.minutes, 0) as open_minutes, tickets.resolution_minutes,
        case when tickets.responded_at < clock.ends_at then tickets.response_minutes end as response_minutes,
        clock.minute - tickets.opened_minute as waited_minutes
    from core.fct_tickets as tickets
    cross join clock
    left join paused on tickets.ticket_id = paused.ticket_id
    where tickets.opened_at < clock.ends_at
)

select load_id, row_number, client_key, priority, opened_at,
    is_left_out or (resolution_target is null and response_target is null) as is_left_out,
    case when not stood.is_left_out then resolution_verdict(
        resolution_target, is_resolved, resolution_minutes, is_closed_without_time, open_minutes
    ) end as resolution,
    case when not stood.is_left_out then response_verdict(
        response_target, response_minutes, is_resolved, waited_minutes
    ) end as response, is_settled
from stood
