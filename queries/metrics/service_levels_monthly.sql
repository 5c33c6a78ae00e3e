-- name: metrics.service_levels_monthly
-- purpose: How many tickets opened in each month complete for tickets met their targets, as they stood at its end.
-- grain: month_start
-- needs: tickets
-- uses: ticket_pauses, holidays
-- columns:
--   month_start                DATE    the month
--   tickets                    BIGINT  tickets opened in it that can be judged by their target of resolution
--   resolution_attainment_pct  DOUBLE  met / (met + missed + open past due)
--   response_attainment_pct    DOUBLE  met / (met + missed)
--   median_business_hours      DOUBLE  half of the incidents resolved in it took no longer
--   p90_business_hours         DOUBLE  nine in ten of them took no longer

with levels as (
    select month_start, cast(sum(resolution_met + resolution_missed + open_past_due) as bigint) as judged,
        share(sum(resolution_met), judged) as resolution_attainment_pct,
        share(sum(response_met), sum(response_met + response_missed)) as response_attainment_pct
    from core.sla_monthly
    where changed_month = month_start
    group by month_start
),

ranked as (
    select month_start, minutes / 60 as hours,
        sum(tickets) over (partition by month_start order by minutes asc nulls last) as upto,
        sum(tickets) filter (where minutes is not null) over (partition by month_start) as whole
    from core.incident_times
    where not is_response
),

times as (
    select month_start, counted_quantile(hours, upto, whole, 0.5) as median_business_hours,
        counted_quantile(hours, upto, whole, 0.9) as p90_business_hours
    from ranked
    group by month_start
)

select months.month_start, coalesce(levels.judged, 0) as tickets, levels.resolution_attainment_pct,
    levels.response_attainment_pct, times.median_business_hours, times.p90_business_hours
from core.months as months
left join levels using (month_start)
left join times using (month_start)
where months.is_complete_for_tickets and months.has_tickets
order by months.month_start asc
