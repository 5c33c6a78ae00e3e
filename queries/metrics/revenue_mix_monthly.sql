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
--   unclassified                      DECIMAL(28,2)  of lines without a class that bill something
--   stray_credits                     DECIMAL(28,2)  of lines without a class that take something off: in no share
--   revenue                           DECIMAL(28,2)  all of them
--   recurring_share                   DOUBLE         managed and other recurring / revenue before these credits; empty
--                                                    where a class below 0 makes that less than these
--   recurring_share_without_products  DOUBLE         the same / that without products
--   is_complete                       BOOLEAN        whether all invoices of the month can be there yet

select month_start, cast(managed as decimal(28, 2)) as managed,
    cast(other_recurring as decimal(28, 2)) as other_recurring, cast(project as decimal(28, 2)) as project,
    cast(by_the_hour as decimal(28, 2)) as by_the_hour, cast(product as decimal(28, 2)) as product,
    cast(unclassified as decimal(28, 2)) as unclassified,
    cast(stray_credits as decimal(28, 2)) as stray_credits, cast(revenue as decimal(28, 2)) as revenue, recurring_share,
    share_within(managed + other_recurring, mix_revenue - product) as recurring_share_without_products, is_complete
from metrics.revenue_by_month
order by month_start asc
