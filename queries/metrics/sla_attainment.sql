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

select priority, count(*) filter (where resolution = 'met') as resolution_met,
    count(*) filter (where resolution = 'missed') as resolution_missed,
    count(*) filter (where resolution = 'open') as open_past_due,
    share(count(*) filter (where resolution = 'met'), count(resolution)) as resolution_attainment_pct,
    count(*) filter (where response = 'met') as response_met,
    count(*) filter (where response = 'missed') as response_missed,
    share(count(*) filter (where response = 'met'), count(response)) as response_attainment_pct,
    count(*) filter (where is_left_out) as left_out
from metrics.judged_tickets(last_day($month_to))
where opened_at >= $month_from
group by priority
order by severity(priority) asc nulls last, priority asc
