-- name: core.months
-- purpose: Every month from the first with revenue or work to the last, and what each holds.
-- grain: month_start
-- columns:
--   month_start   DATE     first of the month
--   has_invoices  BOOLEAN  whether any invoice line pays for it
--   has_labour    BOOLEAN  whether any hours were worked in it
--   has_tickets   BOOLEAN  whether any ticket was opened in it
--   is_complete   BOOLEAN  whether the data reaches its last weekday
--   invoice_run   BIGINT   months in a row, up to this one, that an invoice line pays for
--   labour_run    BIGINT   months in a row, up to this one, in which hours were worked
--   ticket_run    BIGINT   months in a row, up to this one, in which tickets were opened

with used as (
    select distinct month_start, 'invoices' as holds from core.fct_revenue_monthly
    union all
    select distinct month_start, 'labour' as holds from core.fct_labour_monthly
    union all
    select distinct cast(date_trunc('month', opened_at) as date) as month_start, 'tickets' as holds
    from staging.tickets
),

bounds as (
    select min(month_start) as first_month, max(month_start) as last_month from used where holds != 'tickets'
),

listed as (
    select months.month_start, coalesce(bool_or(used.holds = 'invoices'), false) as has_invoices,
        coalesce(bool_or(used.holds = 'labour'), false) as has_labour,
        coalesce(bool_or(used.holds = 'tickets'), false) as has_tickets,
        coalesce(months.last_weekday <= span.data_through, false) as is_complete,
        row_number() over (order by months.month_start asc) as place
    from core.calendar_months as months
    inner join bounds on months.month_start between bounds.first_month and bounds.last_month
    cross join core.data_span as span
    left join used using (month_start)
    group by months.month_start, months.last_weekday, span.data_through
)

select month_start, has_invoices, has_labour, has_tickets, is_complete,
    place - coalesce(max(place) filter (where not has_invoices) over up_to, 0) as invoice_run,
    place - coalesce(max(place) filter (where not has_labour) over up_to, 0) as labour_run,
    place - coalesce(max(place) filter (where not has_tickets) over up_to, 0) as ticket_run
from listed
window up_to as (order by month_start asc)
