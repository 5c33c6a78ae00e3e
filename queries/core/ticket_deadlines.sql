-- name: core.ticket_deadlines
-- purpose: The first day at whose end each ticket that did not meet a target, or has not yet, is beyond it.
-- grain: load_id, row_number
-- columns:
--   load_id               INTEGER  the load that brought the ticket
--   row_number            BIGINT   the ticket's place in its file
--   beyond_resolution_on  DATE     that of its resolution, pauses taken off; empty where a pause before it never ends
--   beyond_response_on   DATE     when its first response is due, pauses not taken off

with days as (
    select day, minutes_before + minutes as minute from core.business_days where minutes > 0
),

unresolved as (
    select load_id, row_number, ticket_id, opened_minute + resolution_target as minute
    from core.fct_tickets
    where not is_auto_resolved and not is_closed_without_time and resolution_target is not null
        and coalesce(resolution_minutes > resolution_target, true)
),

-- a deadline moves by the pauses that begin before it does
pauses as (
    select tickets.load_id, tickets.row_number, tickets.minute, clock.paused_minute,
        coalesce(clock.resumed_minute, cast('infinity' as double)) - clock.paused_minute as minutes,
        coalesce(sum(minutes) over (
            partition by clock.ticket_id order by clock.paused_at asc rows between unbounded preceding and 1 preceding
        ), 0) as minutes_before
    from unresolved as tickets
    inner join core.ticket_pause_clock as clock on tickets.ticket_id = clock.ticket_id
),

paused as (
    select load_id, row_number, sum(minutes) as minutes
    from pauses
    where paused_minute <= minute + minutes_before
    group by load_id, row_number
),

resolving as (
    select tickets.load_id, tickets.row_number, days.day
    from unresolved as tickets
    left join paused using (load_id, row_number)
    asof inner join days on tickets.minute + coalesce(paused.minutes, 0) < days.minute
),

answering as (
    select tickets.load_id, tickets.row_number, days.day
    from core.fct_tickets as tickets
    asof inner join days on tickets.opened_minute + tickets.response_target < days.minute
    where not tickets.is_auto_resolved and coalesce(tickets.response_minutes > tickets.response_target, true)
)

select load_id, row_number, resolving.day as beyond_resolution_on, answering.day as beyond_response_on
from resolving
full outer join answering using (load_id, row_number)
