-- name: core.months
-- purpose: Every month from the first with revenue or work to the last, and what each holds.
-- grain: month_start
-- columns:
--   month_start   DATE     first of the month
--   has_invoices  BOOLEAN  whether any invoice line pays for it
--   has_labour    BOOLEAN  whether any hours were worked in it
--   is_complete   BOOLEAN  whether the data reaches its last weekday
--   labour_run    BIGINT   months in a row, up to this one, in which hours were worked
--   whole_run     BIGINT   months in a row, up to this one, with both invoices and hours

with used as (
    select month_start, true as has_invoices, false as has_labour from core.fct_revenue_monthly
    union all
    select month_start, false as has_invoices, true as has_labour from core.fct_labour_monthly
),

summed as (
    select month_start, bool_or(has_invoices) as has_invoices, bool_or(has_labour) as has_labour
    from used
    group by month_start
),

listed as (
    select calendar_months.month_start, coalesce(summed.has_invoices, false) as has_invoices,
        coalesce(summed.has_labour, false) as has_labour,
        coalesce(calendar_months.last_weekday <= span.data_through, false) as is_complete,
        row_number() over (order by calendar_months.month_start asc) as place
    from core.calendar_months as calendar_months
    left join summed using (month_start)
    cross join core.data_span as span
    where calendar_months.month_start
        between (select min(month_start) from used) and (select max(month_start) from used)
)

select month_start, has_invoices, has_labour, is_complete,
    place - coalesce(max(place) filter (where not has_labour) over up_to, 0) as labour_run,
    place - coalesce(max(place) filter (where not (has_invoices and has_labour)) over up_to, 0) as whole_run
from listed
window up_to as (order by month_start asc)
