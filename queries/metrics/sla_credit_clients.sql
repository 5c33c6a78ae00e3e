-- name: metrics.sla_credit_clients
-- purpose: What service credits would have cost each client's contract over the chosen months, and how far it would
--   have escalated; most money first.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: tickets|outcomes, invoice_lines
-- uses: ticket_pauses, holidays, time_entries
-- columns:
--   client_key           VARCHAR        key of the client
--   client               VARCHAR        the client
--   months               BIGINT         covered months with a measure
--   missed_months        BIGINT         of them those with a measure missed
--   credit_amount        DECIMAL(28,2)  credits given
--   earned_back_amount   DECIMAL(28,2)  of them won back, where the terms say so
--   kept_amount          DECIMAL(28,2)  what remains given back
--   recurring_revenue    DECIMAL(28,2)  of the same months
--   credit_share         DOUBLE         what remains given back / recurring revenue
--   chronic_months       BIGINT         months in which a measure was chronic
--   furthest_step        VARCHAR        furthest step: termination, penalty, remediation, warning or met
--   may_leave_at_end     BOOLEAN        whether it could leave in its last month

select client_key, client, count(*) as months, count(*) filter (where missed_measures > 0) as missed_months,
    cast(sum(credit_amount) as decimal(28, 2)) as credit_amount,
    cast(sum(earned_back_amount) as decimal(28, 2)) as earned_back_amount,
    cast(sum(credit_amount - earned_back_amount) as decimal(28, 2)) as kept_amount,
    cast(sum(recurring_revenue) as decimal(28, 2)) as recurring_revenue,
    share(sum(credit_amount - earned_back_amount), sum(recurring_revenue)) as credit_share,
    count(*) filter (where is_chronic) as chronic_months,
    case max(list_position(['met', 'warning', 'remediation', 'penalty', 'termination'], step))
        when 5 then 'termination' when 4 then 'penalty' when 3 then 'remediation' when 2 then 'warning' else 'met'
    end as furthest_step,
    max_by(has_termination_right, month_start) as may_leave_at_end
from metrics.sla_credit_backtest($month_from, $month_to)
group by client_key, client
order by kept_amount desc, client asc
