-- name: metrics.receivable_ageing
-- purpose: What was open on a day by how long it had been due: a row for each span, which add up to the open amount;
--   none where no file says when anything was paid.
-- grain: bucket
-- params: as_of DATE
-- needs: invoice_lines
-- columns:
--   bucket         VARCHAR        not_due, 1_30, 31_60, 61_90, over_90, no_due_date or credit
--   label          VARCHAR        the same in words
--   invoices       BIGINT         invoices, or credit notes
--   clients        BIGINT         their clients
--   open_amount    DECIMAL(28,2)  amount and tax that were not paid; negative of credit notes
--   share_of_open  DOUBLE         of what is open without credit notes; empty for them

with spans (place, bucket, label) as (
    values (1, 'not_due', 'Not due yet'), (2, '1_30', '1 to 30 days overdue'), (3, '31_60', '31 to 60 days overdue'),
        (4, '61_90', '61 to 90 days overdue'), (5, 'over_90', 'Over 90 days overdue'),
        (6, 'no_due_date', 'Without a due date'), (7, 'credit', 'Credit notes, open')
),

aged as (
    select bucket, count(*) as invoices, count(distinct client_key) as clients, sum(open_amount) as open_amount
    from metrics.open_invoices($as_of)
    group by bucket
)

select spans.bucket, spans.label, coalesce(aged.invoices, 0) as invoices, coalesce(aged.clients, 0) as clients,
    cast(coalesce(aged.open_amount, 0) as decimal(28, 2)) as open_amount,
    case
        when spans.bucket != 'credit'
            then share(
                coalesce(aged.open_amount, 0), sum(aged.open_amount) filter (where spans.bucket != 'credit') over ()
            )
    end as share_of_open
from spans
left join aged using (bucket)
cross join metrics.payments_day as told
where told.says_when_paid
order by spans.place asc
