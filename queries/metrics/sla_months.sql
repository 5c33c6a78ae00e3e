-- name: metrics.sla_months
-- purpose: How each client's service levels stand month by month: tickets by their targets as they stood on the
--   tickets' last day, and the measures of outcome; over all loaded months.
-- grain: client_key, month_start, measure, is_of_tickets
-- needs: tickets|outcomes
-- uses: ticket_pauses, holidays
-- columns:
--   client_key     VARCHAR  key of the client
--   client         VARCHAR  the client
--   month_start    DATE     the month
--   measure        VARCHAR  response, resolution, or the name of a measure of outcome
--   is_of_tickets  BOOLEAN  whether tickets were counted for it
--   month_tickets  BIGINT   the month's own tickets that can be judged; empty for a measure of outcome
--   month_misses   BIGINT   of them those that missed
--   n              BIGINT   the same; of three months together where the month's own are below the minimum volume
--   met            BIGINT   of n those that met their target
--   attainment     DOUBLE   met / n
--   target         DOUBLE   what is promised
--   result         VARCHAR  met, missed, critical, or too_few: a single miss below the minimum volume
--   is_covered     BOOLEAN  whether margins count the month

with counted as (
    select client_key, month_start, 'response' as measure,
        cast(sum(response_met + response_missed) as bigint) as tickets, cast(sum(response_met) as bigint) as met
    from core.sla_monthly
    where client_key != '(no client)'
    group by client_key, month_start
    union all
    select client_key, month_start, 'resolution',
        cast(sum(resolution_met + resolution_missed + open_past_due) as bigint), cast(sum(resolution_met) as bigint)
    from core.sla_monthly
    where client_key != '(no client)'
    group by client_key, month_start
),

pooled as (
    select counted.*, terms.critical, terms.min_tickets,
        if(measure = 'response', terms.response_target, terms.resolution_target) as target,
        if(tickets < terms.min_tickets, sum(tickets) over three_months, tickets) as all_tickets,
        if(tickets < terms.min_tickets, sum(met) over three_months, met) as all_met
    from counted
    inner join metrics.contract_terms as terms using (client_key)
    window three_months as (
        partition by counted.client_key, measure
        order by month_start asc range between interval 2 month preceding and current row
    )
),

measured (client_key, month_start, measure, is_of_tickets, own, misses, n, met, target, result) as (
    select client_key, month_start, measure, true, tickets, tickets - met, cast(all_tickets as bigint),
        cast(all_met as bigint), target,
        case
            when all_tickets = all_met then 'met'
            when all_tickets < min_tickets then if(all_tickets - all_met = 1, 'too_few', 'missed')
            when share(all_met, all_tickets) < critical then 'critical'
            when share(all_met, all_tickets) < target then 'missed'
            else 'met'
        end
    from pooled
    where tickets > 0
    union all
    select client_key, month_start, measure, false, null, null, null, null, target, if(is_met, 'met', 'missed')
    from core.fct_outcomes
)

select measured.client_key, clients.client, measured.month_start, measure, is_of_tickets, own as month_tickets,
    misses as month_misses, n, met, share(met, n) as attainment, target, result,
    coalesce(months.is_covered, false) as is_covered
from measured
inner join core.dim_clients as clients on measured.client_key = clients.client_key and not clients.is_internal
left join core.months as months on measured.month_start = months.month_start
