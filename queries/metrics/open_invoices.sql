-- name: metrics.open_invoices
-- purpose: Invoices that were not paid on a day, those longest overdue first; files that never say when anything was
--   paid are left out.
-- grain: client_key, document
-- params: as_of DATE
-- needs: invoice_lines
-- uses: clients
-- columns:
--   client_key      VARCHAR        key of the client
--   client          VARCHAR        the client
--   document        VARCHAR        the invoice's number; where a line has none, the line alone
--   invoice_number  VARCHAR        the invoice's number
--   invoiced_on     DATE           date of the invoice
--   due_on          DATE           when payment is due
--   open_amount     DECIMAL(28,2)  amount and tax of its lines that were not paid by then, negative on a credit note
--   bucket          VARCHAR        not_due, 1_30, 31_60, 61_90 or over_90 days overdue, no_due_date, or credit: a
--                                  credit note that nobody has set off
--   days_overdue    BIGINT         days since it was due; empty where it isn't overdue

with invoices as (
    select client_key, document, any_value(invoice_number) as invoice_number, min(invoiced_on) as invoiced_on,
        max(due_on) as due_on, sum(owed) as open_amount
    from core.fct_payments
    where not is_internal and says_when_paid and is_unpaid(invoiced_on, paid_on, $as_of)
    group by client_key, document
    having sum(owed) != 0
),

judged as (
    select *, case when open_amount > 0 and due_on < $as_of then $as_of - due_on end as days_overdue
    from invoices
)

select judged.client_key, clients.client, judged.document, judged.invoice_number, judged.invoiced_on, judged.due_on,
    cast(judged.open_amount as decimal(28, 2)) as open_amount,
    case
        when judged.open_amount < 0 then 'credit'
        when judged.due_on is null then 'no_due_date'
        when judged.days_overdue is null then 'not_due'
        when judged.days_overdue <= 30 then '1_30'
        when judged.days_overdue <= 60 then '31_60'
        when judged.days_overdue <= 90 then '61_90'
        else 'over_90'
    end as bucket,
    cast(judged.days_overdue as bigint) as days_overdue
from judged
inner join core.dim_clients as clients using (client_key)
order by judged.days_overdue desc nulls last, judged.open_amount desc, clients.client asc, judged.document asc
