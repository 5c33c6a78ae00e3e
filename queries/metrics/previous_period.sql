-- name: metrics.previous_period
-- purpose: As many months again before the chosen ones, to compare with, and what is loaded for each of them.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- columns:
--   month_from    DATE     the first of them
--   month_to      DATE     the last of them
--   has_invoices  BOOLEAN  whether an invoice line pays for each of them
--   has_labour    BOOLEAN  whether hours were worked in each of them: a month without is unknown, not idle
--   has_tickets   BOOLEAN  whether tickets were opened in each of them

with before as (
    select months_in($month_from, $month_to) as months,
        cast($month_from - to_months(cast(months as integer)) as date) as month_from,
        cast($month_from - interval 1 month as date) as month_to
)

select before.month_from, before.month_to,
    coalesce(last_month.invoice_run >= before.months, false) as has_invoices,
    coalesce(last_month.labour_run >= before.months, false) as has_labour,
    coalesce(last_month.ticket_run >= before.months, false) as has_tickets
from before
left join core.months as last_month on before.month_to = last_month.month_start
