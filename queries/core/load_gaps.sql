-- name: core.load_gaps
-- purpose: Months inside a load's span without a single row, of files about what happens every month.
-- grain: load_id
-- columns:
--   load_id  INTEGER  the load
--   months   BIGINT   months without a row
--   words    VARCHAR  which, oldest first

with spans as (
    select load_id, min(month_start) as first_month, max(month_start) as last_month
    from core.load_months
    where entity in ('tickets', 'time_entries', 'invoice_lines') and month_start <= current_date
    group by load_id
),

due as (
    select load_id, cast(unnest(generate_series(first_month, last_month, interval 1 month)) as date) as month_start
    from spans
)

select due.load_id, count(*) as months,
    string_agg(strftime(due.month_start, '%b %Y'), ', ' order by due.month_start) as words
from due
anti join core.load_months as held using (load_id, month_start)
group by due.load_id
