-- name: metrics.company_margin
-- purpose: The whole book's margin over the covered ones of the chosen months, before and after bench, and how its
--   labour reconciles with the service payroll.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians
-- columns:
--   revenue                               DECIMAL(28,2)  net of tax, recognised in the months
--   direct_cost                           DECIMAL(28,2)  tools and third-party cost; empty where no line states any
--   labour_hours                          DOUBLE         hours that aren't internal
--   labour_cost                           DECIMAL(28,2)  those hours at the technicians' rates
--   assumed_rate_hours                    DOUBLE         of them costed at the assumed rate
--   gross_margin                          DECIMAL(28,2)  revenue - direct cost - labour cost
--   gross_margin_pct                      DOUBLE         gross margin / revenue
--   service_gross_margin_pct              DOUBLE         the same without products
--   managed_gross_margin_pct              DOUBLE         managed margin / managed revenue, of clients with any
--   effective_hourly_rate                 DOUBLE         (managed revenue - its direct cost) / their hours
--   service_payroll                       DECIMAL(28,2)  rate x hours per week x 52 / 12; empty without their file
--   labour_allocated                      DECIMAL(28,2)  their labour cost on clients while employed
--   bench_labour                          DECIMAL(28,2)  service payroll - labour allocated
--   labour_outside_payroll                DECIMAL(28,2)  every other labour cost on clients
--   gross_margin_after_bench              DECIMAL(28,2)  gross margin - bench
--   gross_margin_after_bench_pct          DOUBLE         the same / revenue
--   service_gross_margin_after_bench_pct  DOUBLE         service margin less the bench / its revenue
--   managed_gross_margin_after_bench_pct  DOUBLE         managed margin less its share by cost / its revenue
--   months_asked                          BIGINT         months chosen
--   months_covered                        BIGINT         of them covered: what all of this counts
--   covered_from                          DATE           the first of these; empty if none is
--   covered_to                            DATE           and the last

with clients as (
    select client_key, sum(revenue) as revenue, sum(direct_cost) as direct_cost, sum(labour_hours) as hours,
        sum(labour_cost) as labour, sum(assumed_rate_hours) as assumed_hours, sum(gross_margin) as margin,
        sum(service_revenue) as service_revenue, sum(service_gross_margin) as service_margin,
        sum(managed_revenue) as managed_revenue, sum(managed_cost) as managed_cost,
        case when sum(managed_revenue) > 0 then sum(managed_hours) end as managed_hours,
        case when sum(managed_revenue) > 0 then sum(managed_labour_cost) end as managed_labour
    from metrics.client_months where month_start between $month_from and $month_to and is_counted
    group by client_key
),

book as (
    select sum(revenue) as revenue, sum(direct_cost) as direct_cost, sum(hours) as hours, sum(labour) as labour,
        sum(assumed_hours) as assumed_hours, sum(margin) as margin, sum(service_revenue) as service_revenue,
        sum(service_margin) as service_margin, sum(managed_revenue) as managed_revenue,
        sum(managed_cost) as managed_cost, sum(managed_hours) as managed_hours, sum(managed_labour) as managed_labour,
        sum(managed_revenue) - sum(managed_cost) - sum(managed_labour) as managed_margin
    from clients
),

payroll as (
    select count(*) as months_covered, min(month_start) as covered_from, max(month_start) as covered_to,
        sum(service_payroll) as paid, sum(labour_allocated) as allocated, sum(labour_outside_payroll) as elsewhere,
        sum(bench_labour) as bench
    from metrics.bench_months where month_start between $month_from and $month_to
)

select cast(revenue as decimal(28, 2)) as revenue,
    cast(stated_cost(direct_cost, span.has_direct_cost) as decimal(28, 2)) as direct_cost,
    cast(hours as double) as labour_hours, cast(labour as decimal(28, 2)) as labour_cost,
    cast(assumed_hours as double) as assumed_rate_hours, cast(margin as decimal(28, 2)) as gross_margin,
    gross_margin_pct(margin, revenue) as gross_margin_pct,
    service_gross_margin_pct(service_margin, service_revenue) as service_gross_margin_pct,
    managed_gross_margin_pct(managed_margin, managed_revenue) as managed_gross_margin_pct,
    effective_hourly_rate(managed_revenue, managed_cost, managed_hours) as effective_hourly_rate,
    cast(paid as decimal(28, 2)) as service_payroll, cast(allocated as decimal(28, 2)) as labour_allocated,
    cast(bench as decimal(28, 2)) as bench_labour, cast(elsewhere as decimal(28, 2)) as labour_outside_payroll,
    cast(margin - bench as decimal(28, 2)) as gross_margin_after_bench,
    gross_margin_pct(margin - bench, revenue) as gross_margin_after_bench_pct,
    service_gross_margin_pct(service_margin - bench, service_revenue) as service_gross_margin_after_bench_pct,
    share(managed_margin - bench * share(managed_labour, labour), managed_revenue)
        as managed_gross_margin_after_bench_pct,
    months_in($month_from, $month_to) as months_asked, months_covered, covered_from, covered_to
from book cross join payroll cross join core.data_span as span
