-- name: metrics.sla_credit_months
-- purpose: What each client's service levels would have given back month by month, and which of its rights they would
--   have opened; over all loaded months, since rules look back.
-- grain: client_key, month_start
-- needs: tickets|outcomes
-- uses: ticket_pauses, holidays
-- columns:
--   client_key             VARCHAR  key of the client
--   client                 VARCHAR  the client
--   month_start            DATE     the month
--   measures               BIGINT   measures of the month
--   missed_measures        BIGINT   of them missed, critical ones too
--   credit_pct             DOUBLE   given back of the month's fee, at most the cap
--   earned_back_pct        DOUBLE   of it won back by two months that miss nothing, where the terms say so
--   is_at_cap              BOOLEAN  the credit reaches the cap, which is above 0
--   is_chronic             BOOLEAN  a measure was missed in three of six months, and tickets by more than chance
--   has_termination_right  BOOLEAN  the same in four of six, or the cap reached in three months on end
--   is_covered             BOOLEAN  whether margins count the month

with six as (
    select *, sum(month_tickets) over six_months as six_tickets, sum(month_misses) over six_months as six_misses,
        count(*) filter (
            -- a month that is judged with those before it may miss without a miss of its own
            where result in ('missed', 'critical') and (not is_of_tickets or month_misses > 0)
        ) over six_months as missed_months
    from metrics.sla_months
    window six_months as (
        partition by client_key, measure, is_of_tickets
        order by month_start asc range between interval 5 month preceding and current row
    )
),

credited as (
    select six.client_key, six.client, month_start, is_covered, count(*) as measures,
        count(*) filter (where result = 'missed') as missed,
        count(*) filter (where result = 'critical') as missed_badly,
        coalesce(max(missed_months) filter (
            where not is_of_tickets or not terms.chance_rule
                or is_more_than_chance(six_misses, six_tickets, target)
        ), 0) as missed_months
    from six
    inner join metrics.contract_terms as terms using (client_key)
    group by six.client_key, six.client, month_start, is_covered
),

capped as (
    select credited.*, terms.chronic_rule, terms.termination_right, terms.earn_back,
        least(
            terms.credit_cap, round(terms.credit * missed + terms.credit_critical * missed_badly, 9)
        ) as credit_pct,
        terms.credit_cap > 0 and credit_pct >= terms.credit_cap as is_at_cap
    from credited
    inner join metrics.contract_terms as terms using (client_key)
)

select client_key, client, month_start, measures, missed + missed_badly as missed_measures, credit_pct,
    if(earn_back and count(*) over next_two = 2 and sum(missed + missed_badly) over next_two = 0, credit_pct, 0)
        as earned_back_pct,
    is_at_cap, chronic_rule and missed_months >= 3 as is_chronic,
    termination_right and (missed_months >= 4 or count(*) filter (where is_at_cap) over last_three = 3)
        as has_termination_right,
    is_covered
from capped
window
    last_three as (
        partition by client_key order by month_start asc range between interval 2 month preceding and current row
    ),
    next_two as (
        partition by client_key
        order by month_start asc range between interval 1 month following and interval 2 month following
    )
