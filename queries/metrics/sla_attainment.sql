-- name: metrics.sla_attainment
-- purpose: How many tickets opened in the chosen months met their targets, as they stood at the end of the period, at
--   most of the tickets.
-- grain: priority
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- uses: ticket_pauses, holidays
-- columns:
--   priority                   VARCHAR  the priority; (none) if empty
--   resolution_met             BIGINT   resolved within the target, pauses taken off
--   resolution_missed          BIGINT   resolved beyond the target
--   open_past_due              BIGINT   still open, and beyond the target already
--   resolution_attainment_pct  DOUBLE   met / (met + missed + open past due)
--   response_met               BIGINT   first answered within the target
--   response_missed            BIGINT   answered beyond the target, or not at all though resolved or beyond it
--   response_attainment_pct    DOUBLE   met / (met + missed)
--   left_out                   BIGINT   automatic, without any target, or resolved before it was opened

with clock as (
    select days.day + interval 1 day as ends_at, days.minutes_before + days.minutes as minute
    from core.data_span as span
    inner join core.business_days as days on days.day = least(last_day($month_to), span.tickets_through)
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
    select tickets.priority, tickets.resolution_target, tickets.response_target, tickets.is_closed_without_time,
        tickets.is_auto_resolved or coalesce(tickets.resolved_at < tickets.opened_at, false) as is_left_out,
        coalesce(tickets.resolved_at < clock.ends_at, false) as is_resolved,
        clock.minute - tickets.opened_minute - coalesce(paused.minutes, 0) as open_minutes, tickets.resolution_minutes,
        case when tickets.responded_at < clock.ends_at then tickets.response_minutes end as response_minutes,
        clock.minute - tickets.opened_minute as waited_minutes
    from core.fct_tickets as tickets
    cross join clock
    left join paused on tickets.ticket_id = paused.ticket_id
    where tickets.opened_at >= $month_from and tickets.opened_at < clock.ends_at
),

judged as (
    select priority, is_left_out or (resolution_target is null and response_target is null) as is_left_out,
        case
            when is_left_out or resolution_target is null then null
            when is_resolved then case when resolution_minutes <= resolution_target then 'met' else 'missed' end
            when not is_closed_without_time and open_minutes > resolution_target then 'open'
        end as resolution,
        case
            when is_left_out or response_target is null then null
            when response_minutes <= response_target then 'met'
            when response_minutes > response_target then 'missed'
            when is_resolved or waited_minutes > response_target then 'missed'
        end as response
    from stood
)

select priority, count(*) filter (where resolution = 'met') as resolution_met,
    count(*) filter (where resolution = 'missed') as resolution_missed,
    count(*) filter (where resolution = 'open') as open_past_due,
    share(count(*) filter (where resolution = 'met'), count(resolution)) as resolution_attainment_pct,
    count(*) filter (where response = 'met') as response_met,
    count(*) filter (where response = 'missed') as response_missed,
    share(count(*) filter (where response = 'met'), count(response)) as response_attainment_pct,
    count(*) filter (where is_left_out) as left_out
from judged
group by priority
order by priority asc
