-- name: metrics.scope_creep_monthly
-- purpose: How much of the work for clients was out of scope and not billed, from the first month with any up to the
--   last one complete for labour.
-- grain: month_start
-- needs: time_entries
-- uses: tickets
-- columns:
--   month_start         DATE    the month
--   client_hours        DOUBLE  hours that aren't internal
--   out_of_scope_hours  DOUBLE  of them out of scope and not billed; empty where no entry says how it is covered
--   stated_hours        DOUBLE  of them those whose entry says how it is covered
--   out_of_scope_share  DOUBLE  out of scope / stated hours

with worked as (
    select month_start, sum(hours) as hours, sum(stated_hours) as stated_hours,
        sum(out_of_scope_hours) as out_of_scope_hours
    from core.fct_labour_monthly
    where not is_internal
    group by month_start
),

bounds as (
    select (select min(month_start) from worked where hours > 0) as first_month, max(month_start) as last_month
    from core.months
    where is_complete_for_labour
)

select months.month_start, cast(coalesce(worked.hours, 0) as double) as client_hours,
    cast(case when worked.stated_hours > 0 then worked.out_of_scope_hours end as double) as out_of_scope_hours,
    cast(coalesce(worked.stated_hours, 0) as double) as stated_hours,
    share(worked.out_of_scope_hours, worked.stated_hours) as out_of_scope_share
from core.calendar_months as months
inner join bounds on months.month_start between bounds.first_month and bounds.last_month
left join worked using (month_start)
order by months.month_start asc
