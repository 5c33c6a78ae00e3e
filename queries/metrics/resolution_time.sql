-- name: metrics.resolution_time
-- purpose: How long incidents resolved in the chosen months took in business time, pauses taken off.
-- grain: priority
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- uses: ticket_pauses, holidays
-- columns:
--   priority               VARCHAR  the priority; (none) if empty
--   tickets                BIGINT   incidents resolved by people
--   median_business_hours  DOUBLE   half of them took no longer
--   p90_business_hours     DOUBLE   nine in ten of them took no longer
--   paused_share           DOUBLE   time that the clock stood / from opening to resolution; empty without any pauses
--   answered               BIGINT   of them those whose first answer is known, and not before they were opened
--   median_response_hours  DOUBLE   half of these waited no longer for it, pauses not taken off
--   p90_response_hours     DOUBLE   nine in ten of these waited no longer

with ranked as (
    select priority, is_response, minutes / 60 as hours, tickets, paused_minutes,
        sum(tickets) over (partition by priority, is_response order by minutes asc nulls last) as upto,
        sum(tickets) filter (where minutes is not null) over (partition by priority, is_response) as whole
    from core.incident_times
    where month_start between $month_from and $month_to
),

timed as (
    select priority, is_response, sum(tickets) as tickets, counted_quantile(hours, upto, whole, 0.5) as median_hours,
        counted_quantile(hours, upto, whole, 0.9) as p90_hours,
        case
            when exists (select 1 from core.ticket_pause_clock)
                then paused_share(paused_minutes, tickets, hours)
        end as paused_share
    from ranked
    group by priority, is_response
)

select resolved.priority, cast(resolved.tickets as bigint) as tickets, resolved.median_hours as median_business_hours,
    resolved.p90_hours as p90_business_hours, resolved.paused_share,
    cast(coalesce(answered.tickets, 0) as bigint) as answered, answered.median_hours as median_response_hours,
    answered.p90_hours as p90_response_hours
from timed as resolved
left join timed as answered on resolved.priority = answered.priority and answered.is_response
where not resolved.is_response
order by severity(resolved.priority) asc nulls last, resolved.priority asc
