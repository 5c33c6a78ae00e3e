-- name: core.covered_months
-- purpose: The months that margins count, and which of them hold much less than the others.
-- grain: month_start
-- columns:
--   month_start   DATE           first of the month
--   revenue       DECIMAL(28,4)  not billed to the MSP itself
--   client_hours  DECIMAL(28,9)  not internal
--   is_thin       BOOLEAN        less than half of the median covered month's hours, or of its revenue

with held as (
    select month_start, revenue, 0 as hours from core.fct_revenue_monthly where not is_internal
    union all
    select month_start, 0 as revenue, hours from core.fct_labour_monthly where not is_internal
),

summed as (
    select months.month_start, cast(coalesce(sum(held.revenue), 0) as decimal(28, 4)) as revenue,
        cast(coalesce(sum(held.hours), 0) as decimal(28, 9)) as client_hours
    from core.months as months
    left join held using (month_start)
    where months.is_covered
    group by months.month_start
),

usual as (
    select quantile_cont(cast(revenue as double), 0.5) as revenue,
        quantile_cont(cast(client_hours as double), 0.5) as client_hours
    from summed
)

select summed.month_start, summed.revenue, summed.client_hours,
    summed.revenue * 2 < usual.revenue or summed.client_hours * 2 < usual.client_hours as is_thin
from summed
cross join usual
