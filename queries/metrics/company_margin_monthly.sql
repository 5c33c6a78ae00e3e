-- name: metrics.company_margin_monthly
-- purpose: The whole book's revenue and margin month by month, for the lines beside the figures; no margin in a month
--   that invoices or hours don't cover.
-- grain: month_start
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians
-- columns:
--   month_start                           DATE           the month
--   revenue                               DECIMAL(28,2)  net of tax, recognised in the month
--   direct_cost                           DECIMAL(28,2)  tools and third-party cost; empty where no line states any
--   labour_hours                          DOUBLE         hours that aren't internal
--   labour_cost                           DECIMAL(28,2)  those hours at the technicians' rates
--   gross_margin                          DECIMAL(28,2)  revenue - direct cost - labour cost
--   gross_margin_pct                      DOUBLE         gross margin / revenue
--   service_gross_margin_pct              DOUBLE         the same without products
--   managed_gross_margin_pct              DOUBLE         managed margin / managed revenue
--   bench_labour                          DECIMAL(28,2)  paid hours of service technicians that reached no client
--   gross_margin_after_bench              DECIMAL(28,2)  gross margin - bench
--   gross_margin_after_bench_pct          DOUBLE         the same / revenue
--   service_gross_margin_after_bench_pct  DOUBLE         the same without products
--   effective_hourly_rate                 DOUBLE         (managed revenue - its direct cost) / managed hours
--   loss_clients                          BIGINT         clients whose margin in the month is below zero
--   loss_amount                           DECIMAL(28,2)  what they lost together
--   is_covered                            BOOLEAN        whether invoices and hours cover the month

with book as (
    select month_start, is_covered, sum(revenue) as revenue, sum(direct_cost) as direct_cost,
        sum(labour_hours) as labour_hours, sum(labour_cost) as labour_cost, sum(gross_margin) as gross_margin,
        sum(service_revenue) as service_revenue, sum(service_gross_margin) as service_margin,
        sum(managed_revenue) as managed_revenue, sum(managed_cost) as managed_cost,
        sum(managed_revenue - managed_cost)
        - sum(managed_labour_cost) filter (where managed_revenue > 0) as managed_margin,
        sum(managed_hours) filter (where managed_revenue > 0) as managed_hours,
        count(*) filter (where gross_margin < 0) as loss_clients,
        coalesce(sum(-gross_margin) filter (where gross_margin < 0), 0) as loss_amount
    from metrics.client_months
    group by month_start, is_covered
),

margins as (
    select book.month_start, gross_margin, gross_margin_pct(gross_margin, revenue) as gross_margin_pct,
        bench.bench_labour, gross_margin - bench.bench_labour as after_bench,
        gross_margin_pct(after_bench, revenue) as gross_margin_after_bench_pct,
        service_gross_margin_pct(service_margin - bench.bench_labour, service_revenue)
            as service_gross_margin_after_bench_pct,
        service_gross_margin_pct(service_margin, service_revenue) as service_gross_margin_pct,
        managed_gross_margin_pct(managed_margin, managed_revenue) as managed_gross_margin_pct,
        effective_hourly_rate(managed_revenue, managed_cost, managed_hours) as effective_hourly_rate,
        case when gross_margin is not null then loss_clients end as loss_clients,
        case when gross_margin is not null then loss_amount end as loss_amount
    from book
    inner join metrics.bench_months as bench using (month_start)
    where is_covered
)

select book.month_start, cast(book.revenue as decimal(28, 2)) as revenue,
    cast(stated_cost(book.direct_cost, span.has_direct_cost) as decimal(28, 2)) as direct_cost,
    cast(book.labour_hours as double) as labour_hours,
    cast(book.labour_cost as decimal(28, 2)) as labour_cost,
    cast(margins.gross_margin as decimal(28, 2)) as gross_margin, margins.gross_margin_pct,
    margins.service_gross_margin_pct, margins.managed_gross_margin_pct,
    cast(margins.bench_labour as decimal(28, 2)) as bench_labour,
    cast(margins.after_bench as decimal(28, 2)) as gross_margin_after_bench, margins.gross_margin_after_bench_pct,
    margins.service_gross_margin_after_bench_pct, margins.effective_hourly_rate,
    margins.loss_clients, cast(margins.loss_amount as decimal(28, 2)) as loss_amount, book.is_covered
from book
cross join core.data_span as span
left join margins using (month_start)
order by book.month_start asc
