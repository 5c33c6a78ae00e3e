-- name: metrics.ageing_monthly
-- purpose: What was open at each month's end by how long it had been due, tax included, of files that say when invoices
--   were paid; credit notes are taken off.
-- grain: month_start
-- needs: invoice_lines
-- columns:
--   month_start   DATE           the month
--   not_due       DECIMAL(28,2)  not due yet, or without a due date
--   days_1_30     DECIMAL(28,2)  1 to 30 days overdue
--   days_31_60    DECIMAL(28,2)  31 to 60 days
--   days_61_90    DECIMAL(28,2)  61 to 90 days
--   over_90       DECIMAL(28,2)  over 90 days
--   credit_notes  DECIMAL(28,2)  credit notes that are open, negative
--   open_amount   DECIMAL(28,2)  all of them

with ends as (
    select months.month_start, last_day(months.month_start) as ended_on
    from core.months as months
    cross join core.data_span as span
    where months.month_start <= span.last_invoice_month
),

open as (
    select ends.month_start, cast(payments.owed as decimal(28, 2)) as owed,
        coalesce(ends.ended_on - payments.due_on, 0) as days, payments.is_credit
    from ends
    inner join core.fct_payments as payments
        on is_unpaid(payments.invoiced_on, payments.paid_on, ends.ended_on)
    where payments.says_when_paid and not payments.is_internal
)

select month_start,
    cast(coalesce(sum(owed) filter (where days <= 0 and not is_credit), 0) as decimal(28, 2)) as not_due,
    cast(coalesce(sum(owed) filter (where days between 1 and 30 and not is_credit), 0) as decimal(28, 2)) as days_1_30,
    cast(coalesce(sum(owed) filter (where days between 31 and 60 and not is_credit), 0) as decimal(28, 2))
        as days_31_60,
    cast(coalesce(sum(owed) filter (where days between 61 and 90 and not is_credit), 0) as decimal(28, 2))
        as days_61_90,
    cast(coalesce(sum(owed) filter (where days > 90 and not is_credit), 0) as decimal(28, 2)) as over_90,
    cast(coalesce(sum(owed) filter (where is_credit), 0) as decimal(28, 2)) as credit_notes,
    cast(sum(owed) as decimal(28, 2)) as open_amount
from open
group by month_start
order by month_start asc
