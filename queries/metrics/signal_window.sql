-- name: metrics.signal_window
-- purpose: The months that the signals look at on a day: they close with the last covered month that is over by then.
-- grain: one row
-- params: as_of DATE
-- columns:
--   closing_month      DATE    last covered month whose last weekday is on or before the day; empty without one
--   three_from         DATE    first of the three months up to it
--   twelve_from        DATE    first of the twelve months up to it
--   year_before        DATE    the month twelve months before it
--   three_from_before  DATE    first of the three months up to that one
--   months_covered     BIGINT  of the twelve months those that are covered
--   covered_from       DATE    the first of these

with closing as (
    select max(covered.month_start) as closing_month
    from core.covered_months as covered
    inner join core.calendar_months as months using (month_start)
    where months.last_weekday <= $as_of
),

covered_year as (
    select count(covered.month_start) as months_covered, min(covered.month_start) as covered_from
    from closing
    left join core.covered_months as covered
        on covered.month_start between closing.closing_month - interval 11 months and closing.closing_month
)

select closing_month, cast(closing_month - interval 2 months as date) as three_from,
    cast(closing_month - interval 11 months as date) as twelve_from,
    cast(closing_month - interval 12 months as date) as year_before,
    cast(closing_month - interval 14 months as date) as three_from_before, months_covered, covered_from
from closing
cross join covered_year
