-- name: metrics.revenue_mix_monthly
-- purpose: What the revenue of each month is made of, by class, with products and without them.
-- grain: month_start
-- needs: invoice_lines
-- columns:
--   month_start                       DATE           the month
--   managed                           DECIMAL(28,2)  revenue of the class managed
--   other_recurring                   DECIMAL(28,2)  of other recurring services
--   project                           DECIMAL(28,2)  of projects
--   by_the_hour                       DECIMAL(28,2)  of work billed by the hour
--   product                           DECIMAL(28,2)  of products
--   unclassified                      DECIMAL(28,2)  of lines without a class
--   revenue                           DECIMAL(28,2)  all of them
--   recurring_share                   DOUBLE         managed and other recurring / revenue
--   recurring_share_without_products  DOUBLE         the same / revenue without products
--   is_complete                       BOOLEAN        whether all invoices of the month can be there yet

with classes as (
    select month_start, revenue_class, sum(revenue) as revenue
    from core.fct_revenue_monthly
    where not is_internal
    group by month_start, revenue_class
),

months as (
    select month_start, sum(revenue) as revenue,
        coalesce(sum(revenue) filter (where revenue_class = 'managed'), 0) as managed,
        coalesce(sum(revenue) filter (where revenue_class = 'other_recurring'), 0) as other_recurring,
        coalesce(sum(revenue) filter (where revenue_class = 'project'), 0) as project,
        coalesce(sum(revenue) filter (where revenue_class = 'tm'), 0) as by_the_hour,
        coalesce(sum(revenue) filter (where revenue_class = 'product'), 0) as product,
        coalesce(sum(revenue) filter (where revenue_class = 'unclassified'), 0) as unclassified
    from classes
    group by month_start
)

select months.month_start, cast(months.managed as decimal(28, 2)) as managed,
    cast(months.other_recurring as decimal(28, 2)) as other_recurring,
    cast(months.project as decimal(28, 2)) as project, cast(months.by_the_hour as decimal(28, 2)) as by_the_hour,
    cast(months.product as decimal(28, 2)) as product,
    cast(months.unclassified as decimal(28, 2)) as unclassified, cast(months.revenue as decimal(28, 2)) as revenue,
    share(months.managed + months.other_recurring, months.revenue) as recurring_share,
    share(months.managed + months.other_recurring, months.revenue - months.product) as recurring_share_without_products,
    coalesce(months.month_start <= span.last_invoice_month, false) as is_complete
from months
cross join core.data_span as span
order by months.month_start asc
