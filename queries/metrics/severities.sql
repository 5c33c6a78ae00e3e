-- name: metrics.severities
-- purpose: Which severity each priority in the data is taken for, and how its tickets of the chosen months did.
-- grain: priority
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- uses: ticket_pauses, holidays
-- columns:
--   priority                   VARCHAR  the priority; (none) if empty
--   severity                   VARCHAR  SEV 1 to SEV 4; empty where its words say neither
--   resolution_attainment_pct  DOUBLE   resolved within the target / those that can be judged
--   response_attainment_pct    DOUBLE   the same of first answers
--   resolution_judged          BIGINT   tickets that can be judged by their resolution
--   response_judged            BIGINT   the same of first answers

select priority, severity(priority) as severity, resolution_attainment_pct, response_attainment_pct,
    resolution_met + resolution_missed + open_past_due as resolution_judged,
    response_met + response_missed as response_judged
from metrics.sla_attainment($month_from, $month_to)
order by severity asc nulls last, priority asc
