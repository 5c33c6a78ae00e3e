-- name: metrics.sla_safe_targets
-- purpose: What each client could safely be promised for its tickets, the worst of ten of its own months, beside what
--   is promised, and how often chance alone would miss that.
-- grain: client_key, measure
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- uses: ticket_pauses, holidays, invoice_lines, time_entries
-- columns:
--   client_key      VARCHAR  key of the client
--   client          VARCHAR  the client
--   measure         VARCHAR  response or resolution
--   months          BIGINT   covered months with tickets that can be judged
--   tickets         BIGINT   tickets judged in them
--   usual_tickets   BIGINT   tickets of the usual month: its median
--   attainment      DOUBLE   met / judged over all of them
--   promised        DOUBLE   the target promised
--   safe_target     DOUBLE   10th percentile of the months' own attainment; empty under six months
--   chance_of_miss  DOUBLE   exact chance that a usual month at that attainment misses the promise with its own tickets

with own as (
    select client_key, client, measure, target, month_tickets, month_misses,
        share(month_tickets - month_misses, month_tickets) as attainment
    from metrics.sla_months
    where is_of_tickets and is_covered and month_tickets > 0 and month_start between $month_from and $month_to
),

summed as (
    select client_key, client, measure, count(*) as months, cast(sum(month_tickets) as bigint) as tickets,
        cast(quantile_disc(month_tickets, 0.5) as bigint) as usual_tickets,
        share(sum(month_tickets - month_misses), sum(month_tickets)) as attainment, max(target) as promised,
        if(count(*) >= 6, quantile_cont(attainment, 0.1), null) as safe_target
    from own
    group by client_key, client, measure
)

select client_key, client, measure, months, tickets, usual_tickets, attainment, promised, safe_target,
    chance_of_miss(usual_tickets, promised, attainment) as chance_of_miss
from summed
order by coalesce(safe_target - promised, 1) asc, client asc, measure asc
