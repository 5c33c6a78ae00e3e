-- name: metrics.deferred_revenue
-- purpose: What clients had been billed by a month's end for months after it: what stands in the books as income, if
--   several months are booked at once.
-- grain: client_key
-- params: month_to DATE
-- needs: invoice_lines
-- uses: clients
-- columns:
--   client_key  VARCHAR        key of the client
--   client      VARCHAR        the client
--   lines       BIGINT         invoice lines that reach beyond the month
--   billed      DECIMAL(28,4)  their amounts
--   earned      DECIMAL(28,4)  of it up to the month's end
--   unearned    DECIMAL(28,4)  of it after
--   paid_until  DATE           the last month that is billed

with lines as (
    select client_key, amount, first_month, service_months,
        greatest(0, least(service_months, date_diff('month', first_month, $month_to) + 1)) as passed
    from core.fct_invoice_lines
    where not is_internal and invoiced_on <= last_day($month_to)
        and first_month + to_months(cast(service_months as integer)) > last_day($month_to) + 1
),

earned as (
    select *, cast(cast(amount as double) * share(passed, service_months) as decimal(28, 4)) as earned
    from lines
)

select clients.client_key, clients.client, count(*) as lines, cast(sum(earned.amount) as decimal(28, 4)) as billed,
    cast(sum(earned.earned) as decimal(28, 4)) as earned,
    cast(sum(earned.amount - earned.earned) as decimal(28, 4)) as unearned,
    cast(max(earned.first_month + to_months(cast(earned.service_months - 1 as integer))) as date) as paid_until
from earned
inner join core.dim_clients as clients using (client_key)
group by clients.client_key, clients.client
order by unearned desc, clients.client asc
