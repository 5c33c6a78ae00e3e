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
    select client_key, client, month_start, is_covered, count(*) as measures,
        count(*) filter (where result = 'missed') as missed, count(*) filter (where result = 'critical') as critical,
        coalesce(max(missed_months) filter (
            where not is_of_tickets or is_more_than_chance(six_misses, six_tickets, target)
        ), 0) as missed_months
    from six
    group by client_key, client, month_start, is_covered
),

capped as (
    select credited.*, assumption.sla_credit_cap as cap,
        least(
            assumption.sla_credit_cap,
            round(assumption.sla_credit * missed + assumption.sla_credit_critical * critical, 9)
        ) as credit_pct
    from credited
    cross join core.assumption as assumption
)

select client_key, client, month_start, measures, missed + critical as missed_measures, credit_pct,
    missed_months >= 3 as is_chronic,
    missed_months >= 4 or count(*) filter (where credit_pct >= cap and cap > 0) over (
        partition by client_key order by month_start asc range between interval 2 month preceding and current row
    ) = 3 as has_termination_right,
    is_covered
from capped
