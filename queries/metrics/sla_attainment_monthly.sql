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

select levels.priority, levels.month_start,
    cast(sum(levels.resolution_met + levels.resolution_missed + levels.open_past_due) as bigint) as tickets,
    share(sum(levels.resolution_met), tickets) as resolution_attainment_pct,
    cast(sum(levels.open_past_due) as bigint) as open_past_due,
    cast(sum(levels.response_met + levels.response_missed) as bigint) as answers,
    share(sum(levels.response_met), answers) as response_attainment_pct
from core.sla_monthly as levels
inner join core.months as months on levels.month_start = months.month_start
where months.is_complete_for_tickets and levels.month_start between $month_from and $month_to
    and levels.changed_month = levels.month_start
group by levels.priority, levels.month_start
order by severity(levels.priority) asc nulls last, levels.priority asc, levels.month_start asc
