-- name: metrics.months
-- purpose: The months that a period may be chosen from, and what each holds.
-- grain: month_start
-- columns:
--   month_start   DATE     first of the month
--   has_invoices  BOOLEAN  whether any invoice line pays for it
--   has_labour    BOOLEAN  whether any hours were worked in it
--   is_complete   BOOLEAN  whether the data reaches its last weekday

select month_start, has_invoices, has_labour, is_complete
from core.months
order by month_start asc
