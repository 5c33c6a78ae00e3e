-- name: metrics.revenue_mix
-- purpose: What the revenue of the chosen months is made of: a row for each class, with products and without them.
-- grain: revenue_class
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- columns:
--   revenue_class           VARCHAR        managed, other_recurring, project, tm, product or unclassified
--   label                   VARCHAR        the class in words
--   revenue                 DECIMAL(28,2)  net of tax, spread over the months that it is for
--   share_of_revenue        DOUBLE         of all revenue; empty where credits of other classes make that less than it
--   share_without_products  DOUBLE         of the revenue without products; empty for products
--   direct_cost             DECIMAL(28,2)  tools and third-party cost; empty where no invoice line states any
--   left_over               DECIMAL(28,2)  revenue - direct cost, before labour
--   suggested_revenue       DECIMAL(28,2)  revenue whose class is suggested and not confirmed
--   clients                 BIGINT         clients with revenue of the class above 0

with clients as (
    select revenue_class, client_key, sum(revenue) as revenue, sum(direct_cost) as direct_cost,
        coalesce(sum(revenue) filter (where class_basis = 'suggested'), 0) as suggested_revenue
    from core.fct_revenue_monthly
    where not is_internal and month_start between $month_from and $month_to
    group by revenue_class, client_key
),

classes as (
    select revenue_class, sum(revenue) as revenue, sum(direct_cost) as direct_cost,
        sum(suggested_revenue) as suggested_revenue, count(*) filter (where revenue > 0) as clients
    from clients
    group by revenue_class
),

placed as (
    select *, sum(revenue) over () as whole,
        sum(revenue) filter (where revenue_class != 'product') over () as without_products
    from classes
)

select placed.revenue_class,
    case placed.revenue_class
        when 'managed' then 'Managed services'
        when 'other_recurring' then 'Other recurring'
        when 'project' then 'Projects'
        when 'tm' then 'Work by the hour'
        when 'product' then 'Products'
        else 'Without a class'
    end as label,
    cast(placed.revenue as decimal(28, 2)) as revenue,
    share_within(placed.revenue, placed.whole) as share_of_revenue,
    case when placed.revenue_class != 'product' then share_within(placed.revenue, placed.without_products) end
        as share_without_products,
    cast(case when span.has_direct_cost then placed.direct_cost end as decimal(28, 2)) as direct_cost,
    cast(case when span.has_direct_cost then placed.revenue - placed.direct_cost end as decimal(28, 2)) as left_over,
    cast(placed.suggested_revenue as decimal(28, 2)) as suggested_revenue, placed.clients
from placed
cross join core.data_span as span
order by list_position(
    ['managed', 'other_recurring', 'project', 'tm', 'product', 'unclassified'], placed.revenue_class
) asc
