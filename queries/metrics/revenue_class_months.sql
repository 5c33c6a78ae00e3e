-- name: metrics.revenue_class_months
-- purpose: Revenue of each client and month by class, not rounded: what it is of by clients and by months is summed up.
-- grain: client_key, month_start
-- needs: invoice_lines
-- columns:
--   client_key       VARCHAR        key of the client
--   month_start      DATE           the month
--   managed          DECIMAL(28,4)  of managed services
--   other_recurring  DECIMAL(28,4)  of other recurring services
--   project          DECIMAL(28,4)  of projects
--   by_the_hour      DECIMAL(28,4)  of work billed by the hour
--   product          DECIMAL(28,4)  of products
--   unclassified     DECIMAL(28,4)  of lines without a class that bill something
--   stray_credits    DECIMAL(28,4)  of lines without a class that take something off
--   revenue          DECIMAL(28,4)  all of them
--   product_cost     DECIMAL(28,4)  direct cost of products
--   states_cost      BOOLEAN        whether any line of a product states one

with summed as (
    select client_key, month_start, sum(revenue) as revenue,
        coalesce(sum(revenue) filter (where revenue_class = 'managed'), 0) as managed,
        coalesce(sum(revenue) filter (where revenue_class = 'other_recurring'), 0) as other_recurring,
        coalesce(sum(revenue) filter (where revenue_class = 'project'), 0) as project,
        coalesce(sum(revenue) filter (where revenue_class = 'tm'), 0) as by_the_hour,
        coalesce(sum(revenue) filter (where revenue_class = 'product'), 0) as product,
        coalesce(sum(revenue - credits) filter (where revenue_class = 'unclassified'), 0) as unclassified,
        coalesce(sum(credits) filter (where revenue_class = 'unclassified'), 0) as stray_credits,
        coalesce(sum(direct_cost) filter (where revenue_class = 'product'), 0) as product_cost,
        coalesce(bool_or(states_cost) filter (where revenue_class = 'product'), false) as states_cost
    from core.fct_revenue_monthly
    where not is_internal
    group by client_key, month_start
)

select client_key, month_start, cast(managed as decimal(28, 4)) as managed,
    cast(other_recurring as decimal(28, 4)) as other_recurring, cast(project as decimal(28, 4)) as project,
    cast(by_the_hour as decimal(28, 4)) as by_the_hour, cast(product as decimal(28, 4)) as product,
    cast(unclassified as decimal(28, 4)) as unclassified,
    cast(stray_credits as decimal(28, 4)) as stray_credits, cast(revenue as decimal(28, 4)) as revenue,
    cast(product_cost as decimal(28, 4)) as product_cost, states_cost
from summed
