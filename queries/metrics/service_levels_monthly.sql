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

select months.month_start, levels.tickets, levels.resolution_attainment_pct, levels.response_attainment_pct,
    levels.median_business_hours, levels.p90_business_hours
from core.months as months
cross join lateral metrics.service_levels(months.month_start, months.month_start) as levels
where months.is_complete_for_tickets and months.has_tickets
order by months.month_start asc
