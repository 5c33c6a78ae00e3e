-- name: metrics.bad_months
-- purpose: Which months of a client went badly, and which can be judged at all: service below its target, a margin
--   below zero, or more unhappy answers than happy ones.
-- grain: client_key, month_start
-- needs: tickets|time_entries
-- uses: invoice_lines, clients, technicians, ticket_pauses, holidays
-- columns:
--   client_key     VARCHAR  key of the client
--   month_start    DATE     the month
--   missed_target  BOOLEAN  tickets of the month missed their targets, and more of them than are promised may; empty
--                           where none can be judged
--   lost_money     BOOLEAN  gross margin below zero; empty where invoices or hours don't cover the month
--   was_unhappy    BOOLEAN  more unhappy answers than happy ones of tickets ended in it; empty without an answer
--   is_bad         BOOLEAN  any of the three

with judged as (
    select client_key, month_start, month_misses > 0 and result in ('missed', 'critical') as missed_target,
        null as lost_money, null as was_unhappy
    from metrics.sla_months
    where is_of_tickets
    union all
    select client_key, month_start, null, gross_margin < 0, null
    from metrics.client_margin_monthly
    where gross_margin is not null
    union all
    select client_key, cast(date_trunc('month', resolved_at) as date), null, null, sum(sign(csat)) < 0
    from core.fct_tickets
    where csat is not null and resolved_at is not null and client_key != '(no client)'
    group by client_key, date_trunc('month', resolved_at)
)

select client_key, month_start, bool_or(missed_target) as missed_target, bool_or(lost_money) as lost_money,
    bool_or(was_unhappy) as was_unhappy,
    coalesce(bool_or(missed_target), false) or coalesce(bool_or(lost_money), false)
    or coalesce(bool_or(was_unhappy), false) as is_bad
from judged
group by client_key, month_start
