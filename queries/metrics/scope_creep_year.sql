-- name: metrics.scope_creep_year
-- purpose: The months behind the fourth signal: the twelve that close on a day, and which of them count.
-- grain: month_start
-- params: as_of DATE
-- needs: time_entries
-- uses: invoice_lines
-- columns:
--   month_start         DATE     the month
--   out_of_scope_hours  DOUBLE   hours out of scope and not billed; empty where no entry says how it is covered
--   stated_hours        DOUBLE   client hours whose entry says how it is covered
--   out_of_scope_share  DOUBLE   out of scope / stated hours
--   is_over             BOOLEAN  whether it counts for the signal; empty where the share isn't known

select months.month_start, months.out_of_scope_hours, months.stated_hours, months.out_of_scope_share,
    reaches(months.out_of_scope_share, assumption.out_of_scope_share) as is_over
from metrics.signal_window($as_of) as span
cross join core.assumption as assumption
inner join metrics.scope_creep_monthly as months
    on months.month_start between span.twelve_from and span.closing_month
order by months.month_start asc
