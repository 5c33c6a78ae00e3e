-- name: metrics.sla_attainment_monthly
-- purpose: How many tickets of each priority opened in each of the chosen months that is complete for tickets met their
--   targets, as they stood at that month's end.
-- grain: priority, month_start
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- uses: ticket_pauses, holidays
-- columns:
--   priority                   VARCHAR  the priority; (none) if empty
--   month_start                DATE     the month
--   tickets                    BIGINT   opened in it, and judged by their target of resolution
--   resolution_attainment_pct  DOUBLE   met / (met + missed + open past due)
--   open_past_due              BIGINT   of them still open at its end, and beyond the target
--   answers                    BIGINT   opened in it, and judged by their target of response
--   response_attainment_pct    DOUBLE   met / (met + missed)

with clocks as (
    select months.month_start, days.day + interval 1 day as ends_at, days.minutes_before + days.minutes as minute
    from core.months as months
    cross join core.data_span as span
    inner join core.business_days as days on days.day = least(last_day(months.month_start), span.tickets_through)
    where months.is_complete_for_tickets and months.month_start between $month_from and $month_to
),

-- few tickets can still change at the end of the month in which they were opened; those are judged one by one
waiting as (
    select tickets.*, clocks.month_start, clocks.ends_at, clocks.minute
    from core.fct_tickets as tickets
    inner join clocks on date_trunc('month', tickets.opened_at) = clocks.month_start
    where tickets.opened_at < clocks.ends_at and not tickets.is_auto_resolved
        and coalesce(tickets.resolved_at >= tickets.opened_at, true)
        and coalesce(settled_at(tickets.resolved_at, tickets.responded_at) >= clocks.ends_at, true)
),

paused as (
    select waiting.ticket_id, sum(
            least(coalesce(pauses.resumed_minute, waiting.minute), waiting.minute) - pauses.paused_minute
        ) as minutes
    from waiting
    inner join core.ticket_pause_clock as pauses
        on waiting.ticket_id = pauses.ticket_id and pauses.paused_at < waiting.ends_at
    group by waiting.ticket_id
),

judged as (
    select waiting.priority, waiting.month_start, resolution_verdict(
            waiting.resolution_target, waiting.resolved_at < waiting.ends_at, waiting.resolution_minutes,
            waiting.is_closed_without_time, waiting.minute - waiting.opened_minute - coalesce(paused.minutes, 0)
        ) as resolution, response_verdict(
            waiting.response_target, case when waiting.responded_at < waiting.ends_at then waiting.response_minutes end,
            waiting.resolved_at < waiting.ends_at, waiting.minute - waiting.opened_minute
        ) as response
    from waiting
    left join paused using (ticket_id)
),

parts as (
    select levels.priority, levels.month_start, levels.resolution_met as met, levels.resolution_missed as missed,
        0 as open, levels.response_met as answered, levels.response_missed as unanswered
    from core.sla_monthly as levels
    inner join clocks on levels.month_start = clocks.month_start and levels.settled_month = clocks.month_start
    union all
    select priority, month_start, cast(resolution = 'met' as integer), cast(resolution = 'missed' as integer),
        cast(resolution = 'open' as integer), cast(response = 'met' as integer), cast(response = 'missed' as integer)
    from judged
)

select priority, month_start, cast(coalesce(sum(met), 0) + coalesce(sum(missed), 0) + coalesce(sum(open), 0) as bigint)
    as tickets, share(coalesce(sum(met), 0), tickets) as resolution_attainment_pct,
    cast(coalesce(sum(open), 0) as bigint) as open_past_due,
    cast(coalesce(sum(answered), 0) + coalesce(sum(unanswered), 0) as bigint) as answers,
    share(coalesce(sum(answered), 0), answers) as response_attainment_pct
from parts
group by priority, month_start
order by severity(priority) asc nulls last, priority asc, month_start asc
