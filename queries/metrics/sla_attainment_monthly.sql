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

select levels.priority, months.month_start,
    levels.resolution_met + levels.resolution_missed + levels.open_past_due as tickets,
    levels.resolution_attainment_pct, levels.open_past_due, levels.response_met + levels.response_missed as answers,
    levels.response_attainment_pct
from core.months as months
cross join lateral metrics.sla_attainment(months.month_start, months.month_start) as levels
where months.is_complete_for_tickets and months.month_start between $month_from and $month_to
order by severity(levels.priority) asc nulls last, levels.priority asc, months.month_start asc
