-- name: metrics.company_margin
-- purpose: The whole book's margin over the chosen months, and how its labour reconciles with the service payroll.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians
-- columns:
--   revenue                   DECIMAL(28,2)  net of tax, recognised in the months
--   direct_cost               DECIMAL(28,2)  tools and third-party cost on the invoice lines
--   labour_hours              DOUBLE         hours that aren't internal
--   labour_cost               DECIMAL(28,2)  those hours at the technicians' rates
--   assumed_rate_hours        DOUBLE         of them costed at the assumed rate
--   gross_margin              DECIMAL(28,2)  revenue - direct cost - labour cost
--   gross_margin_pct          DOUBLE         gross margin / revenue
--   service_gross_margin_pct  DOUBLE         the same without products
--   managed_gross_margin_pct  DOUBLE         managed margin / managed revenue
--   effective_hourly_rate     DOUBLE         (managed revenue - its direct cost) / managed hours
--   service_payroll           DECIMAL(28,2)  rate x hours per week x 52 / 12; empty without a technicians file
--   labour_allocated          DECIMAL(28,2)  their labour cost on clients while employed
--   bench_labour              DECIMAL(28,2)  service payroll - labour allocated
--   labour_outside_payroll    DECIMAL(28,2)  every other labour cost on clients

with book as (
    select sum(revenue) as revenue, sum(direct_cost) as direct_cost, sum(labour_hours) as labour_hours,
        sum(labour_cost) as labour_cost, sum(assumed_rate_hours) as assumed_rate_hours,
        sum(gross_margin) as gross_margin, sum(service_revenue) as service_revenue,
        sum(service_gross_margin) as service_margin, sum(managed_revenue) as managed_revenue,
        sum(managed_cost) as managed_cost, sum(managed_gross_margin) as managed_margin,
        sum(managed_hours) as managed_hours
    from metrics.client_months
    where month_start between $month_from and $month_to
),

payroll as (
    select sum(rates.hourly_rate * months.hours_per_week * 52 / 12 * months.employed_weekdays
        / nullif(months.weekdays, 0)) as service_payroll
    from core.technician_months as months
    inner join metrics.technician_rates as rates using (technician_key, version_from)
    where months.is_service and months.month_start between $month_from and $month_to
),

labour as (
    select coalesce(sum(labour_cost) filter (where is_on_payroll), 0) as allocated,
        coalesce(sum(labour_cost) filter (where not is_on_payroll), 0) as elsewhere
    from metrics.labour_costs
    where month_start between $month_from and $month_to
)

select cast(revenue as decimal(28, 2)) as revenue, cast(direct_cost as decimal(28, 2)) as direct_cost,
    cast(labour_hours as double) as labour_hours, cast(labour_cost as decimal(28, 2)) as labour_cost,
    cast(assumed_rate_hours as double) as assumed_rate_hours, cast(gross_margin as decimal(28, 2)) as gross_margin,
    gross_margin_pct(gross_margin, revenue) as gross_margin_pct,
    service_gross_margin_pct(service_margin, service_revenue) as service_gross_margin_pct,
    managed_gross_margin_pct(managed_margin, managed_revenue) as managed_gross_margin_pct,
    effective_hourly_rate(managed_revenue, managed_cost, managed_hours) as effective_hourly_rate,
    cast(service_payroll as decimal(28, 2)) as service_payroll,
    cast(case when span.has_labour then allocated end as decimal(28, 2)) as labour_allocated,
    cast(case when span.has_labour then service_payroll - allocated end as decimal(28, 2)) as bench_labour,
    cast(case when span.has_labour then elsewhere end as decimal(28, 2)) as labour_outside_payroll
from book
cross join payroll
cross join labour
cross join core.data_span as span
