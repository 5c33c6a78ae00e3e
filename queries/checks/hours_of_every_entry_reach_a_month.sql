-- name: checks.hours_of_every_entry_reach_a_month
-- purpose: Where the hours loaded differ from the dated and undated hours in the monthly sums and those replaced.
-- grain: one row
-- columns:
--   loaded_hours    DECIMAL(28,9)  hours of time entries and tickets
--   monthly_hours   DECIMAL(28,9)  hours in the monthly sums
--   undated_hours   DECIMAL(28,9)  hours of tickets without any date, in no month
--   replaced_hours  DECIMAL(28,9)  hours of tickets in months for which time entries speak

with loaded as (
    select amount as hours from core.entity_rows where entity in ('time_entries', 'tickets')
),

totals as (
    select coalesce(sum(loaded.hours), 0) as loaded_hours,
        (select coalesce(sum(monthly.hours), 0) from core.fct_labour_monthly as monthly) as monthly_hours,
        (select coalesce(sum(undated.hours), 0) from core.fct_labour as undated where undated.month_start is null)
            as undated_hours,
        (select coalesce(sum(replaced.hours), 0) from core.fct_ticket_labour as replaced where not replaced.is_counted)
            as replaced_hours
    from loaded
)

select cast(loaded_hours as decimal(28, 9)) as loaded_hours, cast(monthly_hours as decimal(28, 9)) as monthly_hours,
    cast(undated_hours as decimal(28, 9)) as undated_hours, cast(replaced_hours as decimal(28, 9)) as replaced_hours
from totals
where loaded_hours != monthly_hours + undated_hours + replaced_hours
