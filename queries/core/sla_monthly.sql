-- name: core.sla_monthly
-- purpose: How the tickets opened in each month stand by their targets: by how much the counts change in each month
--   since, up to the tickets' last day.
-- grain: client_key, priority, month_start, changed_month
-- columns:
--   client_key         VARCHAR  key of the client
--   priority           VARCHAR  the priority; (none) if empty
--   month_start        DATE     the month in which they were opened
--   changed_month      DATE     the month at whose end they count so
--   left_out           BIGINT   automatic, without any target, or resolved before they were opened
--   resolution_met     BIGINT   resolved within the target, pauses taken off
--   resolution_missed  BIGINT   resolved beyond the target
--   open_past_due      BIGINT   still open, and beyond the target already; less those that were, and are resolved now
--   response_met       BIGINT   first answered within the target
--   response_missed    BIGINT   answered beyond the target, or not at all though resolved or beyond it

with opened as (
    select client_key, priority, cast(date_trunc('month', opened_on) as date) as month_start, is_left_out,
        date_trunc('month', resolution_met_on) as resolution_met,
        date_trunc('month', resolution_missed_on) as resolution_missed, date_trunc('month', past_due_on) as past_due,
        date_trunc('month', response_met_on) as response_met,
        date_trunc('month', response_missed_on) as response_missed, count(*) as tickets
    from core.judged_tickets
    group by all
),

changes as (
    select client_key, priority, month_start, month_start as month, 'left out' as verdict,
        if(is_left_out, tickets, 0) as tickets
    from opened
    union all
    select client_key, priority, month_start, resolution_met as month, 'resolution met' as verdict, tickets
    from opened
    union all
    select client_key, priority, month_start, resolution_missed as month, 'resolution missed' as verdict, tickets
    from opened
    union all
    select client_key, priority, month_start, past_due as month, 'past due' as verdict, tickets
    from opened
    union all
    select client_key, priority, month_start, resolution_missed as month, 'past due' as verdict, -tickets as tickets
    from opened
    where past_due is not null
    union all
    select client_key, priority, month_start, response_met as month, 'response met' as verdict, tickets
    from opened
    union all
    select client_key, priority, month_start, response_missed as month, 'response missed' as verdict, tickets
    from opened
    union all
    select client_key, priority, month_start, response_met as month, 'response missed' as verdict, -tickets as tickets
    from opened
    where response_missed is not null
)

select client_key, priority, month_start, cast(month as date) as changed_month,
    cast(coalesce(sum(tickets) filter (where verdict = 'left out'), 0) as bigint) as left_out,
    cast(coalesce(sum(tickets) filter (where verdict = 'resolution met'), 0) as bigint) as resolution_met,
    cast(coalesce(sum(tickets) filter (where verdict = 'resolution missed'), 0) as bigint) as resolution_missed,
    cast(coalesce(sum(tickets) filter (where verdict = 'past due'), 0) as bigint) as open_past_due,
    cast(coalesce(sum(tickets) filter (where verdict = 'response met'), 0) as bigint) as response_met,
    cast(coalesce(sum(tickets) filter (where verdict = 'response missed'), 0) as bigint) as response_missed
from changes
where month is not null
group by client_key, priority, month_start, month
