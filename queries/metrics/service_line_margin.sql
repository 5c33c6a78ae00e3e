-- name: metrics.service_line_margin
-- purpose: What each line of services brought and took over the covered ones of the chosen months, not rounded. Labour
--   is known of managed work, and of projects and work by the hour together, where any entry says its type or how it is
--   covered; else all of it stands in a row of its own. Of other lines no file tells hours.
-- grain: place
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians
-- columns:
--   place             BIGINT   its place
--   line              VARCHAR  the line of services, or the hours that no file splits by line
--   revenue           DOUBLE   revenue; empty of hours alone
--   direct_cost       DOUBLE   tools and resale; empty where no line states any
--   labour_cost       DOUBLE   hours x rate; empty where no file says which hours are the line's
--   gross_margin      DOUBLE   revenue less labour, and direct cost where one is stated; empty without known labour
--   gross_margin_pct  DOUBLE   that / revenue

with revenue as (
    select case
            when revenue.revenue_class in ('project', 'tm') then 'extra' else revenue.revenue_class
        end as line, sum(revenue.revenue) as revenue,
        stated_cost(sum(revenue.direct_cost), bool_or(revenue.states_cost)) as direct_cost
    from core.fct_revenue_monthly as revenue
    inner join core.covered_months as months using (month_start)
    where not revenue.is_internal and revenue.month_start between $month_from and $month_to
    group by all
),

labour as (
    select sum(months.managed_labour_cost) as managed, sum(months.labour_cost - months.managed_labour_cost) as extra,
        bool_or(kinds.says_work_type or kinds.says_coverage) as is_split
    from metrics.client_months as months
    cross join core.work_kinds as kinds
    where months.is_counted and months.month_start between $month_from and $month_to
),

lines as (
    select listed.place, listed.label,
        case when listed.line != 'unsplit' then coalesce(revenue.revenue, 0) end as revenue,
        revenue.direct_cost,
        case
            when listed.line = 'managed' and labour.is_split then labour.managed
            when listed.line = 'extra' and labour.is_split then labour.extra
            when listed.line = 'unsplit' then labour.managed + labour.extra
        end as labour_cost
    from (values
        (1, 'managed', 'Managed services'), (2, 'other_recurring', 'Other recurring services'),
        (3, 'extra', 'Projects and work by the hour'), (4, 'product', 'Products'),
        (5, 'unclassified', 'Without a class'), (6, 'unsplit', 'Hours that no file splits by line')
    ) as listed (place, line, label)
    cross join labour
    left join revenue on listed.line = revenue.line
    where listed.line != 'unsplit' or (not labour.is_split and labour.managed is not null)
)

select cast(place as bigint) as place, label as line, cast(revenue as double) as revenue,
    cast(direct_cost as double) as direct_cost, cast(labour_cost as double) as labour_cost,
    cast(revenue - coalesce(direct_cost, 0) - labour_cost as double) as gross_margin,
    share(revenue - coalesce(direct_cost, 0) - labour_cost, revenue) as gross_margin_pct
from lines
order by place asc
