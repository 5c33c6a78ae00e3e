-- name: metrics.year_to
-- purpose: The last twelve covered months that had ended by a day.
-- grain: one row
-- params: as_of DATE
-- needs: invoice_lines
-- uses: time_entries, tickets
-- columns:
--   month_from  DATE    the first of them
--   month_to    DATE    the last of them
--   months      BIGINT  how many they are

select min(month_start) as month_from, max(month_start) as month_to, count(*) as months
from (
    select months.month_start
    from core.covered_months as months
    inner join core.calendar_months as days using (month_start)
    where days.last_weekday <= $as_of
    order by months.month_start desc
    limit 12
) as recent
