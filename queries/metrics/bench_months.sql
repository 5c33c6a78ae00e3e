-- name: metrics.bench_months
-- purpose: What the service technicians cost in each covered month, and how much of it reached clients; not yet
--   rounded.
-- grain: month_start
-- columns:
--   month_start             DATE           the month
--   service_payroll         DECIMAL(38,8)  rate x hours per week x 52 / 12, a part month by employed weekdays; empty
--                                          without a technicians file
--   labour_allocated        DECIMAL(38,8)  their labour cost on clients while employed; empty if no labour is loaded
--   bench_labour            DECIMAL(38,8)  payroll - labour allocated
--   labour_outside_payroll  DECIMAL(38,8)  every other labour cost on clients

with paid as (
    select months.month_start, sum(
            month_of_pay(rates.hourly_rate, months.hours_per_week, months.employed_weekdays, months.weekdays)
        ) as service_payroll
    from core.technician_months as months
    inner join metrics.technician_rates as rates using (technician_key, version_from)
    where months.is_service
    group by months.month_start
),

spent as (
    select month_start, coalesce(sum(labour_cost) filter (where is_on_payroll), 0) as allocated,
        coalesce(sum(labour_cost) filter (where not is_on_payroll), 0) as elsewhere
    from metrics.labour_costs
    group by month_start
)

select covered.month_start, cast(payroll as decimal(38, 8)) as service_payroll,
    cast(allocated as decimal(38, 8)) as labour_allocated, cast(payroll - allocated as decimal(38, 8)) as bench_labour,
    cast(elsewhere as decimal(38, 8)) as labour_outside_payroll
from (
    select covered.month_start, case when span.has_technicians then coalesce(paid.service_payroll, 0) end as payroll,
        case when span.has_labour then coalesce(spent.allocated, 0) end as allocated,
        case when span.has_labour then coalesce(spent.elsewhere, 0) end as elsewhere
    from core.covered_months as covered
    cross join core.data_span as span
    left join paid using (month_start)
    left join spent using (month_start)
) as covered
