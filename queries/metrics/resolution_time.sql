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

select priority, count(*) as tickets, quantile_cont(resolution_minutes / 60, 0.5) as median_business_hours,
    quantile_cont(resolution_minutes / 60, 0.9) as p90_business_hours,
    case
        when exists (select 1 from core.ticket_pause_clock)
            then share(sum(paused_minutes), sum(resolution_minutes + paused_minutes))
    end as paused_share,
    count(*) filter (where responded_at >= opened_at) as answered,
    quantile_cont(response_minutes / 60, 0.5) filter (where responded_at >= opened_at) as median_response_hours,
    quantile_cont(response_minutes / 60, 0.9) filter (where responded_at >= opened_at) as p90_response_hours
from core.fct_tickets
where is_timed and resolved_at >= $month_from and resolved_at < last_day($month_to) + interval 1 day
group by priority
order by severity(priority) asc nulls last, priority asc
