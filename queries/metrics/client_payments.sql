-- name: metrics.client_payments
-- purpose: Who pays late: what each client owed on a day, and how it paid over the twelve months up to it; those with
--   the most overdue first.
-- grain: client_key
-- params: as_of DATE
-- needs: invoice_lines
-- uses: clients
-- columns:
--   client_key        VARCHAR        key of the client
--   client            VARCHAR        the client
--   open_amount       DECIMAL(28,2)  amount and tax that were not paid, credit notes taken off
--   overdue_amount    DECIMAL(28,2)  of it past the due date, credit notes not taken off
--   overdue_invoices  BIGINT         invoices past it
--   longest_overdue   BIGINT         days since the oldest of them was due
--   days_to_pay       DOUBLE         days from invoice to payment, each weighing its amount
--   late_share        DOUBLE         of what it paid and has a due date, the part paid after it
--   paid_invoices     BIGINT         invoices of which it paid anything

with owing as (
    select client_key, sum(open_amount) as open_amount,
        coalesce(sum(open_amount) filter (where days_overdue > 0), 0) as overdue_amount,
        count(*) filter (where days_overdue > 0) as overdue_invoices, max(days_overdue) as longest_overdue
    from metrics.open_invoices($as_of)
    group by client_key
),

paying as (
    select client_key, share(sum(owed * days_to_pay), sum(owed)) as days_to_pay,
        share(coalesce(sum(owed) filter (where days_late > 0), 0), sum(owed) filter (where days_late is not null))
            as late_share,
        count(distinct document) as paid_invoices
    from metrics.paid_lines
    where is_paid_lately(paid_on, $as_of)
    group by client_key
)

select client_key, clients.client, cast(coalesce(owing.open_amount, 0) as decimal(28, 2)) as open_amount,
    cast(coalesce(owing.overdue_amount, 0) as decimal(28, 2)) as overdue_amount,
    coalesce(owing.overdue_invoices, 0) as overdue_invoices, owing.longest_overdue, paying.days_to_pay,
    paying.late_share, coalesce(paying.paid_invoices, 0) as paid_invoices
from owing
full outer join paying using (client_key)
inner join core.dim_clients as clients using (client_key)
order by overdue_amount desc, paying.days_to_pay desc nulls last, clients.client asc
