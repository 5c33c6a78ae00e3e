-- name: core.sla_monthly
-- purpose: How the tickets opened in each month stand by their targets on the tickets' last day, and from which month's
--   end on that is how they stood already.
-- grain: client_key, priority, month_start, settled_month
-- columns:
--   client_key         VARCHAR  key of the client
--   priority           VARCHAR  the priority; (none) if empty
--   month_start        DATE     the month in which they were opened
--   settled_month      DATE     the month in which they were resolved, and answered; empty while they can still change
--   left_out           BIGINT   automatic, without any target, or resolved before they were opened
--   resolution_met     BIGINT   resolved within the target, pauses taken off
--   resolution_missed  BIGINT   resolved beyond the target
--   open_past_due      BIGINT   still open, and beyond the target already
--   response_met       BIGINT   first answered within the target
--   response_missed    BIGINT   answered beyond the target, or not at all though resolved or beyond it

with clock as (
    select days.day + interval 1 day as ends_at, days.minutes_before + days.minutes as minute
    from core.data_span as span
    inner join core.business_days as days on days.day = span.tickets_through
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
    select *, is_auto_resolved or coalesce(resolved_at < opened_at, false) as is_odd,
        settled_at(resolved_at, responded_at) as settled_at
    from core.fct_tickets
),

judged as (
    select tickets.client_key, tickets.priority, date_trunc('month', tickets.opened_at) as month_start,
        date_trunc('month', case when tickets.settled_at < clock.ends_at then tickets.settled_at end) as settled_month,
        tickets.is_odd or (tickets.resolution_target is null and tickets.response_target is null) as is_left_out,
        case when not tickets.is_odd then resolution_verdict(
            tickets.resolution_target, tickets.resolved_at < clock.ends_at, tickets.resolution_minutes,
            tickets.is_closed_without_time, clock.minute - tickets.opened_minute - coalesce(paused.minutes, 0)
        ) end as resolution,
        case when not tickets.is_odd then response_verdict(
            tickets.response_target, case when tickets.responded_at < clock.ends_at then tickets.response_minutes end,
            tickets.resolved_at < clock.ends_at, clock.minute - tickets.opened_minute
        ) end as response
    from stood as tickets
    cross join clock
    left join paused on tickets.ticket_id = paused.ticket_id
    where tickets.opened_at < clock.ends_at
)

select client_key, priority, cast(month_start as date) as month_start, cast(settled_month as date) as settled_month,
    count(*) filter (where is_left_out) as left_out,
    count(*) filter (where resolution = 'met') as resolution_met,
    count(*) filter (where resolution = 'missed') as resolution_missed,
    count(*) filter (where resolution = 'open') as open_past_due,
    count(*) filter (where response = 'met') as response_met,
    count(*) filter (where response = 'missed') as response_missed
from judged
group by client_key, priority, month_start, settled_month
