-- name: metrics.months
-- purpose: The months that a period may be chosen from, and what each holds.
-- grain: month_start
-- columns:
--   month_start               DATE     first of the month
--   has_invoices              BOOLEAN  whether any invoice line pays for it
--   has_labour                BOOLEAN  whether any hours were worked in it
--   is_complete_for_invoices  BOOLEAN  not after the last month invoiced, and the data reaches its last weekday
--   is_complete_for_labour    BOOLEAN  the hours begin by its third business day, or before, and reach its third-last
--   is_complete_for_tickets   BOOLEAN  the tickets do, as far as people handle them
--   is_complete               BOOLEAN  complete for invoices or labour, and holding some
--   is_covered                BOOLEAN  complete for invoices and labour, with a row of each: what margins count
--   is_thin                   BOOLEAN  covered, and with less than half of the usual hours or revenue

select months.month_start, months.has_invoices, months.has_labour, months.is_complete_for_invoices,
    months.is_complete_for_labour, months.is_complete_for_tickets,
    months.is_complete_for_invoices and months.has_invoices or months.is_complete_for_labour and months.has_labour
        as is_complete,
    months.is_covered,
    coalesce(covered.is_thin, false) as is_thin
from core.months as months
left join core.covered_months as covered using (month_start)
order by months.month_start asc
