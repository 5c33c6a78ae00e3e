-- name: metrics.counted_tickets
-- purpose: The tickets that a number counts over some months, and what each adds to its parts; without a name those
--   opened in the months, and whether they have no end yet.
-- grain: load_id, row_number
-- params: month_from DATE, month_to DATE, subset VARCHAR
-- needs: tickets
-- uses: technicians, time_entries
-- columns:
--   load_id     INTEGER        the load that brought the ticket
--   row_number  BIGINT         the ticket's place in its file
--   whole       DECIMAL(38,9)  what it adds to what is counted
--   part        DECIMAL(38,9)  what it adds to the part that is told of it

with leaders as (
    select category, top_technician from metrics.category_dependence($month_from, $month_to)
    where $subset = 'categories'
),

tickets as (
    select tickets.*, coalesce(escalated, false) as is_escalated, coalesce(reopened_count, 0) as reopened,
        tickets.is_followed and not tickets.is_auto_resolved as is_of_people,
        tickets.opened_at >= $month_from and tickets.opened_at < $month_to + interval 1 month as is_new,
        tickets.resolved_at >= $month_from and tickets.resolved_at < $month_to + interval 1 month as ends_here,
        tickets.is_followed and tickets.opened_at >= $month_from and tickets.opened_at < bounds.moment as is_opened,
        is_of_people and ends_here and tickets.resolved_at < bounds.moment as is_ended,
        is_of_people and tickets.opened_at < bounds.moment and coalesce(tickets.resolved_at >= bounds.moment, true)
            as is_open,
        people.technician = leaders.top_technician as is_top, leaders.category is not null as is_led,
        epoch(bounds.moment - tickets.opened_at) / 86400 > 30 as is_old, coalesce(owners.is_owner, false) as is_owners
    from core.fct_tickets as tickets
    left join core.dim_technician_versions as owners on tickets.technician_key = owners.technician_key
        and tickets.opened_at >= owners.version_from and tickets.opened_at < owners.version_until
    left join core.dim_technicians as people on tickets.technician_key = people.technician_key
    left join leaders on tickets.category = leaders.category
    cross join (
        select cast(least($month_to, last_month) + interval 1 month as timestamp) as moment from core.ticket_span
    ) as bounds
)

select load_id, row_number,
    cast(if($subset = 'ended' and not coalesce(is_opened and not is_auto_resolved, false), 0, 1) as decimal(38, 9))
        as whole,
    cast(case
        when $subset = 'worked' then effort_hours
        when case coalesce($subset, '')
            when '' then resolved_at is null when 'ended' then is_ended when 'reopened' then reopened > 0
            when 'first_contact' then touches <= 1 and not is_escalated and reopened <= 0
            when 'escalated' then is_escalated when 'on_owners' then is_owners when 'rated' then csat > 0
            when 'filled' then category != '(none)' and responded_at is not null when 'categories' then is_top
            when 'open' then is_old when 'automated' then is_auto_resolved
        end then 1 else 0
    end as decimal(38, 9)) as part
from tickets
where case coalesce($subset, '')
        when '' then is_new
        when 'incidents' then is_timed and ends_here
        when 'ended' then is_ended or (is_opened and not is_auto_resolved)
        when 'first_contact' then is_ended and is_contact and touches is not null
        when 'worked' then is_ended and effort_hours > 0 when 'reopened' then is_ended and reopened_count is not null
        when 'escalated' then is_opened and not is_auto_resolved and escalated is not null
        when 'on_owners' then is_new and is_followed and not is_auto_resolved and is_escalated
        when 'filled' then is_new and not is_auto_resolved
        when 'rated' then is_ended and csat is not null
        when 'categories' then is_led and is_of_people and ends_here
        when 'open' then is_open when 'automated' then is_opened
        else false
    end
union all
select load_id, row_number, 1, if(if($subset = 'resolution', resolution, response) = 'met', 1, 0)
from metrics.judged_tickets(last_day($month_to))
where $subset in ('resolution', 'response') and opened_on >= $month_from
    and if($subset = 'resolution', resolution, response) is not null
union all
select load_id, row_number, ticket_hours, recurring_hours from metrics.recurring_tickets($month_from, $month_to)
where $subset = 'causes'
