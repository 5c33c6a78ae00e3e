-- name: core.fct_tickets
-- purpose: Each ticket with what its service levels, resolution times and effort are made from.
-- grain: load_id, row_number
-- columns:
--   load_id                 INTEGER        the load that brought the ticket
--   row_number              BIGINT         the ticket's place in its file
--   ticket_id               VARCHAR        the ticket's number
--   client_key              VARCHAR        key of the client
--   technician_key          VARCHAR        key of the technician; empty if it names none or several
--   priority                VARCHAR        its priority; (none) if empty
--   category                VARCHAR        its category; (none) if empty
--   is_incident             BOOLEAN        type incident or empty
--   is_auto_resolved        BOOLEAN        resolved by automation
--   is_timed                BOOLEAN        an incident that people resolved, not before it was opened
--   is_contact              BOOLEAN        type incident, request or empty: somebody asks the desk for something
--   is_reactive             BOOLEAN        as the file says; where it is silent, any type but change and project
--   is_closed_without_time  BOOLEAN        its status says closed and nothing says when: neither open nor resolved
--   is_followed             BOOLEAN        its end is known or still to come: neither closed without a time nor ended
--                                          before it was opened
--   opened_at               TIMESTAMP      when it was opened
--   responded_at            TIMESTAMP      first response
--   resolved_at             TIMESTAMP      resolved, else closed
--   opened_minute           DOUBLE         business minutes up to its opening
--   response_minutes        DOUBLE         business minutes from opening to first response, pauses not taken off
--   resolution_minutes      DOUBLE         business minutes from opening to resolution, pauses taken off
--   paused_minutes          DOUBLE         business minutes of pauses between the two; 0 if none
--   response_target         DOUBLE         promised business minutes to the first response
--   resolution_target       DOUBLE         promised business minutes to the resolution
--   hours                   DECIMAL(38,9)  hours on the ticket, else the sum of its time entries
--   effort_hours            DECIMAL(38,9)  hours on the ticket where above 0, else the sum of its time entries
--   escalated               BOOLEAN        whether it was escalated; empty where the file is silent
--   reopened_count          BIGINT         how often it was reopened
--   touches                 BIGINT         how many people or replies it took
--   csat                    DOUBLE         satisfaction: above 0 happy, 0 neutral, below unhappy

with paused as (
    select ticket_id, sum(resumed_minute - paused_minute) as minutes
    from core.ticket_pause_clock
    where resumed_minute is not null
    group by ticket_id
),

entered as (
    select ticket_id, sum(hours) as hours from staging.time_entries where ticket_id is not null group by ticket_id
)

select tickets.load_id, tickets.row_number, tickets.ticket_id, tickets.client_key, tickets.technician_key,
    coalesce(tickets.priority, '(none)') as priority, coalesce(tickets.category, '(none)') as category,
    coalesce(keyword(tickets.ticket_type), 'incident') = 'incident' as is_incident,
    coalesce(tickets.auto_resolved, false) as is_auto_resolved,
    coalesce(is_incident and not is_auto_resolved
        and coalesce(tickets.resolved_at, tickets.closed_at) >= tickets.opened_at, false) as is_timed,
    coalesce(keyword(tickets.ticket_type), 'incident') in ('incident', 'request') as is_contact,
    coalesce(tickets.is_reactive, keyword(tickets.ticket_type) not in ('change', 'project'), true) as is_reactive,
    tickets.resolved_at is null and tickets.closed_at is null and coalesce(says_closed(tickets.status), false)
        as is_closed_without_time,
    not is_closed_without_time and coalesce(coalesce(tickets.resolved_at, tickets.closed_at) >= tickets.opened_at, true)
        as is_followed,
    tickets.opened_at, tickets.first_response_at as responded_at,
    coalesce(tickets.resolved_at, tickets.closed_at) as resolved_at, clock.opened_minute,
    clock.responded_minute - clock.opened_minute as response_minutes,
    clock.resolved_minute - clock.opened_minute - coalesce(paused.minutes, 0) as resolution_minutes,
    case when clock.resolved_minute is not null then coalesce(paused.minutes, 0) end as paused_minutes,
    tickets.sla_response_minutes as response_target, tickets.sla_resolution_minutes as resolution_target,
    coalesce(tickets.hours, entered.hours) as hours,
    coalesce(case when tickets.hours > 0 then tickets.hours end, entered.hours) as effort_hours, tickets.escalated,
    tickets.reopened_count, tickets.touches, tickets.csat
from staging.tickets as tickets
left join core.fct_ticket_clock as clock using (load_id, row_number)
left join paused on tickets.ticket_id = paused.ticket_id
left join entered on tickets.ticket_id = entered.ticket_id
