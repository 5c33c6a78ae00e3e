-- name: core.recurring_starts
-- purpose: Since when each client has recurring revenue, and whether that is its beginning or only where it is first
--   seen: its bill before would lie before the first invoice on file, or the clients file knows it since well before,
--   so that it may have been a client for years.
-- grain: client_key
-- columns:
--   client_key     VARCHAR  key of the client
--   first_month    DATE     first month with recurring revenue
--   is_first_seen  BOOLEAN  whether nobody can know that it is new: neither its bills nor the clients file say so

with firsts as (
    select client_key, min(month_start) as first_month
    from core.recurring_monthly
    where mrr > 0
    group by client_key
),

billed as (
    select min(lines.invoiced_on) as first_on from core.fct_invoice_lines as lines
),

bills as (
    -- what the client's first month consists of, and when it would have been billed the last time before
    select firsts.client_key,
        min(lines.invoiced_on - to_months(cast(lines.service_months as integer))) as billed_before
    from firsts
    inner join core.fct_invoice_lines as lines
        on firsts.client_key = lines.client_key and lines.first_month <= firsts.first_month
        and lines.first_month + to_months(cast(lines.service_months as integer)) > firsts.first_month
    where lines.revenue_class in ('managed', 'other_recurring') and not lines.is_credit and lines.amount > 0
    group by firsts.client_key
)

select firsts.client_key, firsts.first_month,
    bills.billed_before < billed.first_on and coalesce(clients.starts_on < billed.first_on, true)
    or coalesce(clients.starts_on + cast(assumption.review_cadence_days as integer) < firsts.first_month, false)
        as is_first_seen
from firsts
cross join billed
cross join core.assumption as assumption
inner join bills using (client_key)
left join core.dim_clients as clients using (client_key)
