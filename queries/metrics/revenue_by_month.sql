-- name: metrics.revenue_by_month
-- purpose: Revenue of each month by class, gross and with products at what is left of them, not rounded, so that months
--   and clients add up to the same.
-- grain: month_start
-- needs: invoice_lines
-- columns:
--   month_start      DATE           the month
--   managed          DECIMAL(28,4)  of managed services
--   other_recurring  DECIMAL(28,4)  of other recurring services
--   project          DECIMAL(28,4)  of projects
--   by_the_hour      DECIMAL(28,4)  of work billed by the hour
--   product          DECIMAL(28,4)  of products
--   unclassified     DECIMAL(28,4)  of lines without a class
--   revenue          DECIMAL(28,4)  all of them
--   product_cost     DECIMAL(28,4)  direct cost of products: what is only passed on
--   revenue_net      DECIMAL(28,4)  revenue less that, as an agent books it
--   recurring_share  DOUBLE         managed and other recurring / revenue; empty where credits of other classes make
--                                   revenue less than these
--   is_complete      BOOLEAN        whether all invoices of the month can be there yet

with months as (
    select month_start, sum(revenue) as revenue, sum(managed) as managed,
        sum(other_recurring) as other_recurring, sum(project) as project, sum(by_the_hour) as by_the_hour,
        sum(product) as product, sum(unclassified) as unclassified,
        sum(product_cost) as product_cost
    from metrics.revenue_class_months
    group by month_start
)

select months.month_start, cast(managed as decimal(28, 4)) as managed,
    cast(other_recurring as decimal(28, 4)) as other_recurring, cast(project as decimal(28, 4)) as project,
    cast(by_the_hour as decimal(28, 4)) as by_the_hour, cast(product as decimal(28, 4)) as product,
    cast(unclassified as decimal(28, 4)) as unclassified, cast(revenue as decimal(28, 4)) as revenue,
    cast(product_cost as decimal(28, 4)) as product_cost, cast(revenue - product_cost as decimal(28, 4)) as revenue_net,
    share_within(managed + other_recurring, revenue) as recurring_share,
    coalesce(months.month_start <= span.last_invoice_month, false) as is_complete
from months
cross join core.data_span as span
order by months.month_start asc
