-- name: core.ticket_pause_clock
-- purpose: Pauses of each ticket between its opening and its resolution, as minutes on the business clock.
-- grain: ticket_id, paused_at
-- columns:
--   ticket_id       VARCHAR    the ticket
--   paused_at       TIMESTAMP  when the clock stopped, not before the ticket was opened
--   resumed_at      TIMESTAMP  when it went on, not after the resolution; the year 9999 while it still stands
--   paused_minute   DOUBLE     business minutes up to the stop
--   resumed_minute  DOUBLE     business minutes up to going on; empty while it still stands

with spans as (
    select pauses.ticket_id, greatest(pauses.paused_at, tickets.opened_at) as paused_at,
        least(pauses.resumed_at, coalesce(tickets.resolved_at, tickets.closed_at, pauses.resumed_at)) as resumed_at
    from core.ticket_pause_spans as pauses
    inner join staging.tickets as tickets using (ticket_id)
    where tickets.opened_at is not null
)

select spans.ticket_id, spans.paused_at, spans.resumed_at,
    business_minute(spans.paused_at, paused.day, paused.opens_at, paused.minutes, paused.minutes_before)
        as paused_minute,
    business_minute(spans.resumed_at, resumed.day, resumed.opens_at, resumed.minutes, resumed.minutes_before)
        as resumed_minute
from spans
inner join core.business_days as paused on cast(spans.paused_at as date) = paused.day
left join core.business_days as resumed on cast(spans.resumed_at as date) = resumed.day
where spans.resumed_at > spans.paused_at
