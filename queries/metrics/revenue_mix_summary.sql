-- name: metrics.revenue_mix_summary
-- purpose: The answer to "what is revenue made of" over the chosen months, with products and without them.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- columns:
--   revenue                           DECIMAL(28,2)  all revenue; empty where there is none
--   stray_credits                     DECIMAL(28,2)  of it credits without a class: in no share, for nobody knows what
--                                                    they take it off
--   mix_revenue                       DECIMAL(28,2)  revenue before these: what all shares are of
--   recurring_revenue                 DECIMAL(28,2)  of the classes managed and other_recurring
--   product_revenue                   DECIMAL(28,2)  of products
--   recurring_share                   DOUBLE         recurring / that; this and the others empty where a class below 0
--                                                    makes the whole less than the part
--   recurring_share_without_products  DOUBLE         recurring / that without products
--   recurring_share_as_agent          DOUBLE         recurring / that with products at revenue less direct cost, as one
--                                                    who only passes them on books them; empty where no line of a
--                                                    product states a direct cost
--   one_off_share                     DOUBLE         projects and work by the hour / that
--   managed_customers_share           DOUBLE         what clients that pay for managed services bring / that
--   clients                           BIGINT         clients that it comes from
--   incomplete_months                 BIGINT         months chosen of which not all invoices can be there yet

with clients as (
    select client_key, sum(revenue) as revenue,
        coalesce(sum(credits) filter (where revenue_class = 'unclassified'), 0) as stray_credits,
        coalesce(sum(revenue) filter (where is_recurring), 0) as recurring,
        coalesce(sum(revenue) filter (where revenue_class = 'product'), 0) as product,
        coalesce(sum(direct_cost) filter (where revenue_class = 'product'), 0) as product_cost,
        bool_or(states_cost) filter (where revenue_class = 'product') as states_cost,
        coalesce(sum(revenue) filter (where revenue_class in ('project', 'tm')), 0) as one_off,
        coalesce(sum(revenue) filter (where revenue_class = 'managed'), 0) as managed
    from core.fct_revenue_monthly
    where not is_internal and month_start between $month_from and $month_to
    group by client_key
),

summed as (
    select sum(revenue) as revenue, sum(stray_credits) as stray_credits, sum(revenue) - sum(stray_credits) as whole,
        count(*) as clients,
        sum(recurring) as recurring, sum(product) as product,
        stated_cost(sum(product_cost), bool_or(states_cost)) as product_cost, sum(one_off) as one_off,
        coalesce(sum(revenue - stray_credits) filter (where managed > 0), 0) as of_managed_customers
    from clients
)

select cast(summed.revenue as decimal(28, 2)) as revenue, cast(summed.stray_credits as decimal(28, 2)) as stray_credits,
    cast(summed.whole as decimal(28, 2)) as mix_revenue, cast(summed.recurring as decimal(28, 2)) as recurring_revenue,
    cast(summed.product as decimal(28, 2)) as product_revenue,
    share_within(summed.recurring, summed.whole) as recurring_share,
    share_within(summed.recurring, summed.whole - summed.product) as recurring_share_without_products,
    share_within(summed.recurring, summed.whole - summed.product_cost) as recurring_share_as_agent,
    share_within(summed.one_off, summed.whole) as one_off_share,
    share_within(summed.of_managed_customers, summed.whole) as managed_customers_share,
    summed.clients,
    (
        select count(*) from core.months as months
        where months.month_start between $month_from and $month_to and not months.is_complete_for_invoices
    ) as incomplete_months
from summed
