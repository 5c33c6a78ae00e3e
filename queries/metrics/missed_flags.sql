-- name: metrics.missed_flags
-- purpose: The bounds of buyers that are missed, each with what was measured in words, and whether the going of one
--   client alone misses it.
-- grain: flag
-- params: month_from DATE, month_to DATE, as_of DATE
-- needs: invoice_lines
-- uses: time_entries, tickets, technicians, clients, agreements, time_off, holidays
-- columns:
--   place          BIGINT   its place among the bounds
--   flag           VARCHAR  the measure's name
--   measured       VARCHAR  what is measured and what was found, and of how many
--   bound          VARCHAR  what buyers say of it, in words
--   severity       VARCHAR  high, or medium where the bound is our judgement
--   is_one_client  BOOLEAN  whether the going of one client alone misses it
--   sheet          INTEGER  the data book's sheet with what is behind it
--   page           VARCHAR  the page with what is behind it

select flags.place, flags.flag,
    concat(
        flags.label, ': ',
        case flags.format when 'percent' then in_percent(flags.found) else format('{:.0f}', flags.found) end,
        ' (' || flags.cases || ' ' || flags.counted || ')'
    ) as measured,
    flags.bound, if(starts_with(flags.source, 'our judgement'), 'medium', 'high') as severity,
    coalesce(leavers.is_one_client, false) as is_one_client, flags.sheet, flags.page
from metrics.red_flags($month_from, $month_to, $as_of) as flags
left join metrics.flags_of_leavers($month_from, $month_to) as leavers using (flag)
where flags.state = 'fail'
order by flags.place asc
