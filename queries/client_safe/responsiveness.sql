-- name: client_safe.responsiveness
-- purpose: How soon the client's tickets of the period were answered and resolved, by priority, the most urgent first,
--   and all together: by their targets those opened in it, as they stood at its end; in business time the incidents
--   resolved in it; how many incidents were open at its end.
-- grain: is_total, priority
-- params: client_key VARCHAR, month_from DATE, month_to DATE
-- needs: tickets
-- uses: ticket_pauses, holidays
-- columns:
--   is_total                   BOOLEAN  whether it is all of them together
--   priority                   VARCHAR  the priority; (none) if empty
--   response_met               BIGINT   first answered within the target
--   response_judged            BIGINT   tickets that can be judged by it
--   response_attainment_pct    DOUBLE   met / judged
--   resolution_met             BIGINT   resolved within the target, pauses taken off
--   resolution_judged          BIGINT   tickets that can be judged by it, open ones beyond their target too
--   resolution_attainment_pct  DOUBLE   met / judged
--   incidents                  BIGINT   incidents that people resolved in the period
--   still_open                 BIGINT   incidents open at the period's end, whenever they were opened
--   median_response_hours      DOUBLE   half of them waited no longer for the first answer
--   median_resolution_hours    DOUBLE   half of them took no longer
--   p90_resolution_hours       DOUBLE   nine in ten of them took no longer
--   paused_share               DOUBLE   time that the clock stood / from opening to resolution; empty without pauses

with told as (
    select priority, response_met, response_missed, resolution_met,
        resolution_missed + open_past_due as resolution_missed, null as still_open, null as is_response, null as hours,
        null as tickets, null as paused_minutes
    from core.sla_monthly
    where client_key = $client_key and month_start between $month_from and $month_to and changed_month <= $month_to
    union all
    select priority, null, null, null, null, tickets, null, null, null, null
    from core.incidents_monthly
    where client_key = $client_key and opened_month <= $month_to and coalesce(resolved_month > $month_to, true)
    union all
    select priority, null, null, null, null, null, is_response, minutes / 60, tickets, paused_minutes
    from core.incident_times
    where client_key = $client_key and month_start between $month_from and $month_to
),

-- every row once for its priority, and once for all together
ranked as (
    select levels.is_total, if(levels.is_total, null, told.priority) as level, told.*,
        sum(told.tickets) over (alike order by told.hours asc nulls last) as upto,
        sum(told.tickets) filter (where told.hours is not null) over alike as whole
    from (values (false), (true)) as levels (is_total)
    left join told on true
    where levels.is_total or told.priority is not null
    window alike as (partition by levels.is_total, level, told.is_response)
),

summed as (
    select is_total, level, is_response, sum(response_met) as response_met,
        sum(response_met + response_missed) as response_judged, sum(resolution_met) as resolution_met,
        sum(resolution_met + resolution_missed) as resolution_judged, sum(still_open) as still_open,
        sum(tickets) filter (where not is_response) as tickets,
        counted_quantile(hours, upto, whole, 0.5) as at_median, counted_quantile(hours, upto, whole, 0.9) as at_p90,
        case when sum(paused_minutes) > 0 then paused_share(paused_minutes, tickets, hours) end as paused_share
    from ranked
    group by is_total, level, is_response
)

select is_total, level as priority, cast(coalesce(sum(response_met), 0) as bigint) as response_met,
    cast(coalesce(sum(response_judged), 0) as bigint) as response_judged,
    share(sum(response_met), sum(response_judged)) as response_attainment_pct,
    cast(coalesce(sum(resolution_met), 0) as bigint) as resolution_met,
    cast(coalesce(sum(resolution_judged), 0) as bigint) as resolution_judged,
    share(sum(resolution_met), sum(resolution_judged)) as resolution_attainment_pct,
    cast(coalesce(sum(tickets), 0) as bigint) as incidents, cast(coalesce(sum(still_open), 0) as bigint) as still_open,
    max(at_median) filter (where is_response) as median_response_hours,
    max(at_median) filter (where not is_response) as median_resolution_hours,
    max(at_p90) filter (where not is_response) as p90_resolution_hours, max(paused_share) as paused_share
from summed
group by is_total, level
order by is_total asc, severity(level) asc nulls last, level asc
