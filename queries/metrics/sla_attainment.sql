-- name: metrics.sla_attainment
-- purpose: How many tickets opened in the chosen months met their targets, as they stood at the end of the period, at
--   most of the tickets.
-- grain: priority
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- uses: ticket_pauses, holidays
-- columns:
--   priority                   VARCHAR  the priority; (none) if empty
--   resolution_met             BIGINT   resolved within the target, pauses taken off
--   resolution_missed          BIGINT   resolved beyond the target
--   open_past_due              BIGINT   still open, and beyond the target already
--   resolution_attainment_pct  DOUBLE   met / (met + missed + open past due)
--   response_met               BIGINT   first answered within the target
--   response_missed            BIGINT   answered beyond the target, or not at all though resolved or beyond it
--   response_attainment_pct    DOUBLE   met / (met + missed)
--   left_out                   BIGINT   automatic, without any target, or resolved before it was opened

with summed as (
    select priority, cast(sum(resolution_met) as bigint) as resolution_met,
        cast(sum(resolution_missed) as bigint) as resolution_missed,
        cast(sum(open_past_due) as bigint) as open_past_due, cast(sum(response_met) as bigint) as response_met,
        cast(sum(response_missed) as bigint) as response_missed, cast(sum(left_out) as bigint) as left_out
    from core.sla_monthly
    where month_start between $month_from and $month_to and changed_month <= $month_to
    group by priority
)

select priority, resolution_met, resolution_missed, open_past_due,
    share(resolution_met, resolution_met + resolution_missed + open_past_due) as resolution_attainment_pct,
    response_met, response_missed, share(response_met, response_met + response_missed) as response_attainment_pct,
    left_out
from summed
order by severity(priority) asc nulls last, priority asc
