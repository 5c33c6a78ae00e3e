-- name: metrics.revenue_mix
-- purpose: What the revenue of the chosen months is made of: a row for each class, with products and without them, and
--   one for the credits without a class, which are in no share: nobody knows what they take it off.
-- grain: revenue_class
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- columns:
--   revenue_class           VARCHAR        the class, unclassified where there is none, or stray_credits
--   label                   VARCHAR        the class in words
--   revenue                 DECIMAL(28,2)  net of tax, spread over the months that it is for
--   share_of_revenue        DOUBLE         of revenue before those credits; empty where a class below 0 makes that less
--   share_without_products  DOUBLE         of the same without products; empty for products
--   direct_cost             DECIMAL(28,2)  tools and third-party cost; empty where no line of the class states any
--   left_over               DECIMAL(28,2)  revenue - direct cost, before labour
--   suggested_revenue       DECIMAL(28,2)  revenue whose class is suggested and not confirmed
--   clients                 BIGINT         clients with revenue of the class above 0

with lines as (
    select *, case when revenue_class = 'unclassified' then credits else 0 end as stray_credits
    from core.fct_revenue_monthly
    where not is_internal and month_start between $month_from and $month_to
),

clients as (
    select revenue_class, client_key, sum(revenue - stray_credits) as revenue, sum(direct_cost) as direct_cost,
        bool_or(states_cost) as states_cost,
        coalesce(sum(revenue) filter (where class_basis = 'suggested'), 0) as suggested_revenue
    from lines
    where revenue != stray_credits or stray_credits = 0
    group by revenue_class, client_key
    union all
    select 'stray_credits', client_key, sum(stray_credits), sum(direct_cost) filter (where revenue = stray_credits),
        bool_or(states_cost) filter (where revenue = stray_credits), 0
    from lines
    where stray_credits != 0
    group by client_key
),

classes as (
    select revenue_class, sum(revenue) as revenue, stated_cost(sum(direct_cost), bool_or(states_cost)) as direct_cost,
        sum(suggested_revenue) as suggested_revenue, count(*) filter (where revenue > 0) as clients
    from clients
    group by revenue_class
),

placed as (
    select *, sum(revenue) filter (where revenue_class != 'stray_credits') over () as whole,
        sum(revenue) filter (where revenue_class not in ('product', 'stray_credits')) over () as without_products
    from classes
)

select placed.revenue_class, labels.label, cast(placed.revenue as decimal(28, 2)) as revenue,
    case when placed.revenue_class != 'stray_credits' then share_within(placed.revenue, placed.whole) end
        as share_of_revenue,
    case
        when placed.revenue_class not in ('product', 'stray_credits')
            then share_within(placed.revenue, placed.without_products)
    end as share_without_products,
    cast(placed.direct_cost as decimal(28, 2)) as direct_cost,
    cast(placed.revenue - placed.direct_cost as decimal(28, 2)) as left_over,
    cast(placed.suggested_revenue as decimal(28, 2)) as suggested_revenue, placed.clients
from placed
inner join (values
    (1, 'managed', 'Managed services'), (2, 'other_recurring', 'Other recurring'), (3, 'project', 'Projects'),
    (4, 'tm', 'Work by the hour'), (5, 'product', 'Products'), (6, 'unclassified', 'Without a class'),
    (7, 'stray_credits', 'Credits without a class')
) as labels (place, revenue_class, label) using (revenue_class)
order by labels.place asc
