-- name: core.invoice_span
-- purpose: From when on there are invoices, where they begin later in their month than in any other: of that month
--   there is only a part. Who bills at month's end begins late in each of them, and its first month is whole.
-- grain: one row
-- columns:
--   first_month  DATE  month of the first invoice; empty without any
--   begins_on    DATE  its day, where the month is there in part; empty where it is whole, or the only one

with firsts as (
    select cast(date_trunc('month', invoiced_on) as date) as month_start, min(invoiced_on) as first_on
    from staging.invoice_lines
    where invoiced_on <= current_date
    group by date_trunc('month', invoiced_on)
),

placed as (
    select month_start, first_on, date_diff('day', month_start, first_on) as days_in,
        date_diff('day', first_on, last_day(first_on)) as days_left, min(month_start) over () as first_month
    from firsts
)

select min(first_month) as first_month,
    case
        when min(days_in) filter (where month_start = first_month)
            > max(days_in) filter (where month_start > first_month)
            and min(days_left) filter (where month_start = first_month)
            < min(days_left) filter (where month_start > first_month)
            then min(first_on) filter (where month_start = first_month)
    end as begins_on
from placed
