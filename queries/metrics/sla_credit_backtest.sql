-- name: metrics.sla_credit_backtest
-- purpose: What service credits each client would have been given in the covered ones of the chosen months, had they
--   been promised, and whether it could have left.
-- grain: client_key, month_start
-- params: month_from DATE, month_to DATE
-- needs: tickets|outcomes, invoice_lines
-- uses: ticket_pauses, holidays, time_entries
-- columns:
--   client_key             VARCHAR        key of the client
--   client                 VARCHAR        the client
--   month_start            DATE           the month
--   missed_measures        BIGINT         measures missed, critical ones too
--   credit_pct             DOUBLE         given back of the month's fee, at most the cap
--   credit_amount          DECIMAL(28,2)  that of the month's recurring revenue, at least 0
--   is_chronic             BOOLEAN        a measure was missed in three of six months, and tickets by more than chance
--   has_termination_right  BOOLEAN        the same in four of six, or the cap reached in three months on end
--   recurring_revenue      DECIMAL(28,2)  of the month, at least 0
--   earned_back_amount     DECIMAL(28,2)  of the credit won back, where the terms say so
--   step                   VARCHAR        termination, penalty (at the cap), remediation (chronic), warning or met

with billed as (
    select credits.*, cast(greatest(coalesce(billed.recurring_revenue, 0), 0) as decimal(28, 2)) as recurring_revenue,
        cast(
            greatest(coalesce(billed.recurring_revenue, 0), 0) * cast(credits.credit_pct as decimal(18, 9))
            as decimal(28, 2)
        ) as credit_amount
    from metrics.sla_credit_months as credits
    left join metrics.client_revenue_months as billed
        on credits.client_key = billed.client_key and credits.month_start = billed.month_start
    where credits.is_covered and credits.month_start between $month_from and $month_to
)

select client_key, client, month_start, missed_measures, credit_pct, credit_amount, is_chronic, has_termination_right,
    recurring_revenue,
    cast(if(earned_back_pct > 0, credit_amount, 0) as decimal(28, 2)) as earned_back_amount,
    case
        when has_termination_right then 'termination'
        when is_at_cap then 'penalty'
        when is_chronic then 'remediation'
        when missed_measures > 0 then 'warning'
        else 'met'
    end as step
from billed
order by client asc, month_start asc
