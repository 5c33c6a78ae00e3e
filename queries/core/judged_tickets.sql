-- name: core.judged_tickets
-- purpose: From which day on each ticket met, missed or outstayed its targets, up to the tickets' last day.
-- grain: load_id, row_number
-- columns:
--   load_id               INTEGER  the load that brought the ticket
--   row_number            BIGINT   the ticket's place in its file
--   client_key            VARCHAR  key of the client
--   priority              VARCHAR  its priority; (none) if empty
--   opened_on             DATE     when it was opened
--   is_left_out           BOOLEAN  automatic, without any target, or resolved before it was opened
--   resolution_met_on     DATE     when it was resolved within the target, pauses taken off
--   resolution_missed_on  DATE     when it was resolved beyond it
--   past_due_on           DATE     the first day at whose end it was beyond it, if it was open up to that day
--   response_met_on       DATE     when it was answered within the target
--   response_missed_on    DATE     when it was answered beyond it, or resolved without an answer, or the first day at
--                                  whose end it was without one beyond it

with stood as (
    select tickets.load_id, tickets.row_number, tickets.client_key, tickets.priority,
        cast(tickets.opened_at as date) as opened_on, span.tickets_through,
        tickets.is_auto_resolved or coalesce(tickets.resolved_at < tickets.opened_at, false) as is_odd,
        case when not is_odd then tickets.resolution_target end as resolution_target,
        case when not is_odd then tickets.response_target end as response_target,
        case when tickets.resolved_at < span.tickets_through + 1 then cast(tickets.resolved_at as date) end
            as resolved_on,
        case
            when tickets.responded_at < span.tickets_through + 1 and tickets.response_minutes is not null
                then greatest(cast(tickets.responded_at as date), opened_on)
        end as responded_on,
        not is_odd and coalesce(tickets.resolution_minutes <= tickets.resolution_target, false) as is_resolved_in_time,
        not is_odd and coalesce(tickets.response_minutes <= tickets.response_target, false) as is_answered_in_time,
        deadlines.beyond_resolution_on, deadlines.beyond_response_on
    from core.fct_tickets as tickets
    inner join core.data_span as span on tickets.opened_at < span.tickets_through + 1
    left join core.ticket_deadlines as deadlines using (load_id, row_number)
)

select load_id, row_number, client_key, priority, opened_on,
    is_odd or (resolution_target is null and response_target is null) as is_left_out,
    case when is_resolved_in_time then resolved_on end as resolution_met_on,
    case when resolution_target is not null and not is_resolved_in_time then resolved_on end as resolution_missed_on,
    case when not is_odd and beyond_resolution_on <= least(resolved_on, tickets_through) then beyond_resolution_on end
        as past_due_on,
    case when is_answered_in_time then responded_on end as response_met_on,
    case
        when response_target is null then null
        when is_answered_in_time and responded_on is not null
            then case when resolved_on < responded_on then resolved_on end
        else least(
            responded_on, resolved_on, case when beyond_response_on <= tickets_through then beyond_response_on end
        )
    end as response_missed_on
from stood
