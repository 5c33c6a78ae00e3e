-- name: metrics.service_levels
-- purpose: How many of all tickets met their targets, and how long incidents took, whatever their priority.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- uses: ticket_pauses, holidays
-- columns:
--   tickets                    BIGINT   tickets opened in the months that can be judged by their target of resolution
--   resolution_met             BIGINT   resolved within the target, pauses taken off
--   resolution_missed          BIGINT   resolved beyond it
--   open_past_due              BIGINT   still open, and beyond it already
--   resolution_attainment_pct  DOUBLE   met / (met + missed + open past due)
--   response_met               BIGINT   first answered within the target
--   response_missed            BIGINT   answered beyond it, or not at all though resolved or beyond it
--   response_attainment_pct    DOUBLE   met / (met + missed)
--   left_out                   BIGINT   automatic, without any target, or resolved before it was opened
--   lowest_priority            VARCHAR  the priority whose tickets met their target of resolution least
--   lowest_attainment_pct      DOUBLE   what it met of them
--   incidents                  BIGINT   incidents that people resolved in the months
--   median_business_hours      DOUBLE   half of them took no longer, in business time, pauses taken off
--   p90_business_hours         DOUBLE   nine in ten of them took no longer
--   paused_share               DOUBLE   of the time these took the part that the clock stood; empty without any pauses
--   open_incidents             BIGINT   incidents still open at the end of the months: no time to resolve tells of them
--   says_type                  BOOLEAN  whether any ticket says its type; where none does, each counts as an incident
--   months_asked               BIGINT   the chosen months
--   months_with_tickets        BIGINT   of them those in which any ticket was opened

with levels as (
    select cast(coalesce(sum(resolution_met + resolution_missed + open_past_due), 0) as bigint) as tickets,
        cast(coalesce(sum(resolution_met), 0) as bigint) as resolution_met,
        cast(coalesce(sum(resolution_missed), 0) as bigint) as resolution_missed,
        cast(coalesce(sum(open_past_due), 0) as bigint) as open_past_due,
        share(sum(resolution_met), sum(resolution_met + resolution_missed + open_past_due))
            as resolution_attainment_pct,
        cast(coalesce(sum(response_met), 0) as bigint) as response_met,
        cast(coalesce(sum(response_missed), 0) as bigint) as response_missed,
        share(sum(response_met), sum(response_met + response_missed)) as response_attainment_pct,
        cast(coalesce(sum(left_out), 0) as bigint) as left_out,
        first(priority order by resolution_attainment_pct asc, priority asc)
            filter (where resolution_attainment_pct is not null) as lowest_priority,
        min(resolution_attainment_pct) as lowest_attainment_pct
    from metrics.sla_attainment($month_from, $month_to)
),

ranked as (
    select minutes / 60 as hours, tickets, paused_minutes, sum(tickets) over (order by minutes asc nulls last) as upto,
        sum(tickets) filter (where minutes is not null) over () as whole
    from core.incident_times
    where not is_response and month_start between $month_from and $month_to
),

times as (
    select cast(coalesce(sum(tickets), 0) as bigint) as incidents,
        counted_quantile(hours, upto, whole, 0.5) as median_business_hours,
        counted_quantile(hours, upto, whole, 0.9) as p90_business_hours,
        case
            when exists (select 1 from core.ticket_pause_clock)
                then paused_share(paused_minutes, tickets, hours)
        end as paused_share
    from ranked
),

held as (
    select count(distinct opened.month_start) filter (where opened.month_start >= $month_from) as months_with_tickets,
        cast(coalesce(sum(opened.followed_incidents), 0) - coalesce((
            select sum(resolved.tickets) from core.incident_times as resolved
            where not resolved.is_response and resolved.month_start <= $month_to
        ), 0) as bigint) as open_incidents
    from core.opened_monthly as opened
    where opened.month_start <= $month_to
)

select levels.*, times.*, held.open_incidents, span.says_type, months_in($month_from, $month_to) as months_asked,
    held.months_with_tickets
from levels cross join times cross join core.ticket_span as span cross join held
