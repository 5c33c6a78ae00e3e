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
--   unclassified     DECIMAL(28,4)  of lines without a class that bill something
--   stray_credits    DECIMAL(28,4)  of lines without a class that take something off: in no share, since nobody knows
--                                   what they take it off
--   revenue          DECIMAL(28,4)  all of them
--   mix_revenue      DECIMAL(28,4)  revenue before these credits: what shares are of
--   product_cost     DECIMAL(28,4)  direct cost of products: what is only passed on; empty where no line of a product
--                                   states any
--   revenue_net      DECIMAL(28,4)  revenue less that, as an agent books it
--   recurring_share  DOUBLE         managed and other recurring / revenue before these credits; empty where a class
--                                   below 0 makes that less than these
--   is_complete      BOOLEAN        whether all invoices of the month can be there yet

with months as (
    select month_start, sum(revenue) as revenue, sum(managed) as managed,
        sum(other_recurring) as other_recurring, sum(project) as project, sum(by_the_hour) as by_the_hour,
        sum(product) as product, sum(unclassified) as unclassified, sum(stray_credits) as stray_credits,
        sum(product_cost) as product_cost, sum(revenue) - sum(stray_credits) as mix_revenue,
        bool_or(bool_or(states_cost)) over () as states_cost
    from metrics.revenue_class_months
    group by month_start
)

select months.month_start, cast(managed as decimal(28, 4)) as managed,
    cast(other_recurring as decimal(28, 4)) as other_recurring, cast(project as decimal(28, 4)) as project,
    cast(by_the_hour as decimal(28, 4)) as by_the_hour, cast(product as decimal(28, 4)) as product,
    cast(unclassified as decimal(28, 4)) as unclassified, cast(stray_credits as decimal(28, 4)) as stray_credits,
    cast(revenue as decimal(28, 4)) as revenue, cast(mix_revenue as decimal(28, 4)) as mix_revenue,
    cast(stated_cost(product_cost, states_cost) as decimal(28, 4)) as product_cost,
    cast(revenue - stated_cost(product_cost, states_cost) as decimal(28, 4)) as revenue_net,
    share_within(managed + other_recurring, mix_revenue) as recurring_share,
    coalesce(months.month_start <= span.last_invoice_month, false) as is_complete
from months
cross join core.data_span as span
order by months.month_start asc
