-- name: client_safe.responsiveness
-- purpose: How soon the client's tickets of the period were answered and resolved, by priority and all together: by
--   their targets those opened in it, as they stood at its end; in business time the incidents resolved in it; how many
--   incidents were open at its end.
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

with judged as (
    select priority, response, resolution, null as response_minutes, null as resolution_minutes, null as paused_minutes,
        false as is_resolved, false as is_open
    from metrics.judged_tickets(last_day($month_to))
    where client_key = $client_key and opened_on >= $month_from
    union all
    select priority, null, null, case when responded_at >= opened_at then response_minutes end, resolution_minutes,
        paused_minutes, true, false
    from core.fct_tickets
    where client_key = $client_key and is_timed and resolved_at >= $month_from
        and resolved_at < last_day($month_to) + interval 1 day
    union all
    select priority, null, null, null, null, null, false, true
    from core.fct_tickets
    where client_key = $client_key and is_incident and is_followed and not is_auto_resolved
        and opened_at < last_day($month_to) + interval 1 day
        and coalesce(resolved_at >= last_day($month_to) + interval 1 day, true)
)

select grouping(priority) = 1 as is_total, priority, count(*) filter (where response = 'met') as response_met,
    count(response) as response_judged, share(response_met, response_judged) as response_attainment_pct,
    count(*) filter (where resolution = 'met') as resolution_met, count(resolution) as resolution_judged,
    share(resolution_met, resolution_judged) as resolution_attainment_pct,
    count(*) filter (where is_resolved) as incidents, count(*) filter (where is_open) as still_open,
    quantile_cont(response_minutes / 60, 0.5) as median_response_hours,
    quantile_cont(resolution_minutes / 60, 0.5) as median_resolution_hours,
    quantile_cont(resolution_minutes / 60, 0.9) as p90_resolution_hours,
    case when sum(paused_minutes) > 0 then share(sum(paused_minutes), sum(resolution_minutes + paused_minutes)) end
        as paused_share
from judged
group by grouping sets ((priority), ())
order by is_total asc, priority asc
