-- name: metrics.service_line_margin
-- purpose: What each line of services brought and took over the covered ones of the chosen months: labour is known of
--   managed work, and of projects and work by the hour together; not rounded.
-- grain: place
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians
-- columns:
--   place             BIGINT   its place
--   line              VARCHAR  the line of services
--   revenue           DOUBLE   revenue
--   direct_cost       DOUBLE   tools and resale
--   labour_cost       DOUBLE   hours x rate; empty where no labour is loaded
--   gross_margin      DOUBLE   revenue less direct cost and labour
--   gross_margin_pct  DOUBLE   that / revenue

with revenue as (
    select case
            when revenue.revenue_class in ('project', 'tm') then 'extra' else revenue.revenue_class
        end as line, sum(revenue.revenue) as revenue, sum(revenue.direct_cost) as direct_cost
    from core.fct_revenue_monthly as revenue
    inner join core.covered_months as months using (month_start)
    where not revenue.is_internal and revenue.month_start between $month_from and $month_to
    group by all
),

labour as (
    select sum(months.managed_labour_cost) as managed, sum(months.labour_cost - months.managed_labour_cost) as extra
    from metrics.client_months as months
    where months.is_counted and months.month_start between $month_from and $month_to
),

lines as (
    select listed.place, listed.label, coalesce(revenue.revenue, 0) as revenue,
        coalesce(revenue.direct_cost, 0) as direct_cost,
        case listed.line when 'managed' then labour.managed when 'extra' then labour.extra else labour.managed * 0 end
            as labour_cost
    from (values
        (1, 'managed', 'Managed services'), (2, 'other_recurring', 'Other recurring services'),
        (3, 'extra', 'Projects and work by the hour'), (4, 'product', 'Products'),
        (5, 'unclassified', 'Without a class')
    ) as listed (place, line, label)
    cross join labour
    left join revenue on listed.line = revenue.line
)

select cast(place as bigint) as place, label as line, cast(revenue as double) as revenue,
    cast(direct_cost as double) as direct_cost, cast(labour_cost as double) as labour_cost,
    cast(revenue - direct_cost - labour_cost as double) as gross_margin,
    share(revenue - direct_cost - labour_cost, revenue) as gross_margin_pct
from lines
order by place asc
