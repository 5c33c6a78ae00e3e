-- name: metrics.previous_period
-- purpose: As many months again before the chosen ones, to compare with, and what is known of each of them.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- columns:
--   month_from    DATE     the first of them
--   month_to      DATE     the last of them
--   has_invoices  BOOLEAN  whether each is complete for invoices and an invoice line pays for it
--   has_opening   BOOLEAN  the same of the month before them as well, with which retention begins
--   has_labour    BOOLEAN  whether each is complete for labour and hours were worked in it: without, it is unknown
--   has_tickets   BOOLEAN  whether tickets were opened in each of them

with before as (
    select months_in($month_from, $month_to) as months,
        cast($month_from - to_months(cast(months as integer)) as date) as month_from,
        cast($month_from - interval 1 month as date) as month_to
)

select before.month_from, before.month_to,
    count(*) filter (where months.is_complete_for_invoices and months.has_invoices) = before.months as has_invoices,
    count(*) filter (where months.is_complete_for_invoices and months.has_invoices) = before.months
    and coalesce(bool_or(opening.is_complete_for_invoices and opening.has_invoices), false) as has_opening,
    count(*) filter (where months.is_complete_for_labour and months.has_labour) = before.months as has_labour,
    count(*) filter (where months.has_tickets) = before.months as has_tickets
from before
left join core.months as months on months.month_start between before.month_from and before.month_to
left join core.months as opening on opening.month_start = before.month_from - interval 1 month
group by before.month_from, before.month_to, before.months
