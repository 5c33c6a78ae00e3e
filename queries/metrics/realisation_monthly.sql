-- name: metrics.realisation_monthly
-- purpose: What was billed for hours that no agreement covers, against what they are worth at the bill rate, by month.
-- grain: month_start
-- needs: time_entries
-- columns:
--   month_start   DATE    the month
--   billed_hours  DOUBLE  hours that no agreement covers and whose billed amount a file states
--   realisation   DOUBLE  billed amount / (billed hours x the bill rate)

select months.month_start, found.billed_hours, found.realisation
from core.months as months
cross join lateral metrics.realisation(months.month_start, months.month_start) as found
where months.is_complete_for_labour and months.has_labour
order by months.month_start asc
