-- name: metrics.counted_tickets
-- purpose: The tickets that a number counts over some months, and what each adds to its parts; without a name those
--   opened in the months, and whether they have no end yet.
-- grain: load_id, row_number
-- params: month_from DATE, month_to DATE, subset VARCHAR
-- needs: tickets
-- columns:
--   load_id     INTEGER        the load that brought the ticket
--   row_number  BIGINT         the ticket's place in its file
--   whole       DECIMAL(38,9)  what it adds to what is counted
--   part        DECIMAL(38,9)  what it adds to the part that is told of it

with judged as (
    select load_id, row_number, resolution, response
    from metrics.judged_tickets(last_day($month_to))
    where opened_on >= $month_from
),

tickets as (
    select tickets.*, coalesce(tickets.escalated, false) as is_escalated,
        coalesce(tickets.reopened_count, 0) as reopened,
        tickets.opened_at >= $month_from and tickets.opened_at < $month_to + interval 1 month as is_new,
        tickets.is_timed and tickets.resolved_at >= $month_from
        and tickets.resolved_at < $month_to + interval 1 month as is_timed_here,
        tickets.is_followed and tickets.opened_at >= $month_from and tickets.opened_at < bounds.moment as is_opened,
        tickets.is_followed and not tickets.is_auto_resolved and tickets.resolved_at >= $month_from
        and tickets.resolved_at < bounds.moment as is_ended,
        tickets.is_followed and not tickets.is_auto_resolved and tickets.opened_at < bounds.moment
        and coalesce(tickets.resolved_at >= bounds.moment, true) as is_open,
        epoch(bounds.moment - tickets.opened_at) / 86400 > 30 as is_old
    from core.fct_tickets as tickets
    cross join (
        select cast(least($month_to, last_month) + interval 1 month as timestamp) as moment from core.ticket_span
    ) as bounds
)

select load_id, row_number, cast(1 as decimal(38, 9)) as whole,
    cast(if(resolved_at is null, 1, 0) as decimal(38, 9)) as part
from tickets where $subset is null and is_new
union all
select load_id, row_number, 1, if(resolution = 'met', 1, 0) from judged
where $subset = 'resolution' and resolution is not null
union all
select load_id, row_number, 1, if(response = 'met', 1, 0) from judged
where $subset = 'response' and response is not null
union all
select load_id, row_number, 1, 0 from tickets where $subset = 'incidents' and is_timed_here
union all
select load_id, row_number, if(is_opened and not is_auto_resolved, 1, 0), if(is_ended, 1, 0) from tickets
where $subset = 'ended' and (is_ended or (is_opened and not is_auto_resolved))
union all
select load_id, row_number, 1, if(touches <= 1 and not is_escalated and reopened <= 0, 1, 0) from tickets
where $subset = 'first_contact' and is_ended and is_contact and touches is not null
union all
select load_id, row_number, 1, effort_hours from tickets where $subset = 'worked' and is_ended and effort_hours > 0
union all
select load_id, row_number, 1, if(reopened > 0, 1, 0) from tickets
where $subset = 'reopened' and is_ended and reopened_count is not null
union all
select load_id, row_number, 1, if(is_escalated, 1, 0) from tickets
where $subset = 'escalated' and is_opened and not is_auto_resolved and escalated is not null
union all
select load_id, row_number, 1, if(csat > 0, 1, 0) from tickets where $subset = 'rated' and is_ended and csat is not null
union all
select load_id, row_number, 1, if(is_old, 1, 0) from tickets where $subset = 'open' and is_open
union all
select load_id, row_number, 1, if(is_auto_resolved, 1, 0) from tickets where $subset = 'automated' and is_opened
