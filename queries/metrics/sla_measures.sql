-- name: metrics.sla_measures
-- purpose: Which service levels each client was given in the covered ones of the chosen months.
-- grain: client_key, month_start, measure, is_of_tickets
-- params: month_from DATE, month_to DATE
-- needs: tickets|outcomes
-- uses: ticket_pauses, holidays, invoice_lines, time_entries
-- columns:
--   client_key     VARCHAR  key of the client
--   client         VARCHAR  the client
--   month_start    DATE     the month
--   measure        VARCHAR  response, resolution, or the name of a measure of outcome
--   is_of_tickets  BOOLEAN  whether tickets were counted for it
--   n              BIGINT   tickets judged: of three months where the month's own are below the minimum volume
--   met            BIGINT   of them those that met their target
--   attainment     DOUBLE   met / n
--   target         DOUBLE   what is promised
--   result         VARCHAR  met, missed, critical, or too_few: a single miss below the minimum volume

select client_key, client, month_start, measure, is_of_tickets, n, met, attainment, target, result
from metrics.sla_months
where is_covered and month_start between $month_from and $month_to
order by client asc, month_start asc, is_of_tickets desc, measure asc
