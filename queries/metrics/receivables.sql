-- name: metrics.receivables
-- purpose: The answer to "who pays late" on a day: what was billed up to it is paid, open, or nobody can say.
-- grain: one row
-- params: as_of DATE
-- needs: invoice_lines
-- uses: clients
-- columns:
--   billed_amount     DECIMAL(28,2)  amount and tax of all invoices up to the day, credit notes taken off
--   has_tax           BOOLEAN        whether any line of them states a tax
--   paid_amount       DECIMAL(28,2)  of it paid by then; empty where no file says when anything was paid
--   open_amount       DECIMAL(28,2)  not paid by then; empty where no file says when anything was paid
--   unknown_amount    DECIMAL(28,2)  of files that never say when anything was paid
--   overdue_amount    DECIMAL(28,2)  open past the due date, credit notes not taken off; empty where no line has one
--   overdue_share     DOUBLE         overdue / open without credit notes
--   overdue_invoices  BIGINT         invoices past their due date
--   overdue_clients   BIGINT         their clients
--   over_90_amount    DECIMAL(28,2)  of it more than 90 days
--   worst_client      VARCHAR        the client with the most overdue
--   worst_amount      DECIMAL(28,2)  how much that is
--   days_to_pay       DOUBLE         days from invoice to payment over the twelve months to the day, each weighing its
--                                    amount
--   late_share        DOUBLE         of what was paid in them and has a due date, the part paid after it
--   paid_invoices     BIGINT         invoices of which anything was paid in them

with billed as (
    select sum(owed) as billed, coalesce(sum(owed) filter (where says_when_paid and paid_on <= $as_of), 0) as paid,
        coalesce(sum(owed) filter (where not says_when_paid), 0) as unknown,
        bool_or(has_tax) as has_tax, bool_or(says_when_paid) as says_when_paid,
        bool_or(says_when_paid and due_on is not null) as says_when_due
    from core.fct_payments
    where not is_internal and invoiced_on <= $as_of
),

owing as (
    select coalesce(sum(open_amount) filter (where days_overdue > 0), 0) as overdue,
        coalesce(sum(open_amount) filter (where open_amount > 0), 0) as without_credits,
        count(*) filter (where days_overdue > 0) as invoices,
        count(distinct client_key) filter (where days_overdue > 0) as clients,
        coalesce(sum(open_amount) filter (where days_overdue > 90), 0) as over_90
    from metrics.open_invoices($as_of)
),

paying as (
    select share(sum(owed * days_to_pay), sum(owed)) as days_to_pay,
        count(distinct client_key || '/' || document) as invoices,
        share(coalesce(sum(owed) filter (where days_late > 0), 0), sum(owed) filter (where days_late is not null))
            as late_share
    from metrics.paid_lines
    where is_paid_lately(paid_on, $as_of)
),

worst as (
    select client, overdue_amount from metrics.client_payments($as_of) where overdue_amount > 0 limit 1
)

select cast(billed.billed as decimal(28, 2)) as billed_amount, billed.has_tax,
    cast(case when billed.says_when_paid then billed.paid end as decimal(28, 2)) as paid_amount,
    cast(case when billed.says_when_paid then billed.billed - billed.paid - billed.unknown end as decimal(28, 2))
        as open_amount,
    cast(billed.unknown as decimal(28, 2)) as unknown_amount,
    cast(case when billed.says_when_due then owing.overdue end as decimal(28, 2)) as overdue_amount,
    share(case when billed.says_when_due then owing.overdue end, owing.without_credits) as overdue_share,
    owing.invoices as overdue_invoices, owing.clients as overdue_clients,
    cast(owing.over_90 as decimal(28, 2)) as over_90_amount, worst.client as worst_client,
    worst.overdue_amount as worst_amount, paying.days_to_pay, paying.late_share, paying.invoices as paid_invoices
from billed
cross join owing
cross join paying
left join worst on true
