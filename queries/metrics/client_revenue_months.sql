-- name: metrics.client_revenue_months
-- purpose: Revenue and direct cost of each client and month by what they are counted as, not yet rounded.
-- grain: client_key, month_start
-- columns:
--   client_key            VARCHAR        key of the client, never the MSP itself
--   month_start           DATE           month in which it is recognised
--   revenue               DECIMAL(38,4)  all revenue
--   direct_cost           DECIMAL(38,4)  tools and third-party cost
--   service_revenue       DECIMAL(38,4)  revenue of lines other than product
--   service_cost          DECIMAL(38,4)  direct cost of lines other than product
--   managed_revenue       DECIMAL(38,4)  revenue of the class managed
--   managed_cost          DECIMAL(38,4)  direct cost of the class managed
--   recurring_revenue     DECIMAL(38,4)  revenue of the classes managed and other_recurring
--   recurring_cost        DECIMAL(38,4)  their direct cost
--   suggested_revenue     DECIMAL(38,4)  revenue whose class is suggested and not confirmed
--   unclassified_revenue  DECIMAL(38,4)  revenue without a class

select client_key, month_start, sum(revenue) as revenue, sum(direct_cost) as direct_cost,
    coalesce(sum(revenue) filter (where revenue_class != 'product'), 0) as service_revenue,
    coalesce(sum(direct_cost) filter (where revenue_class != 'product'), 0) as service_cost,
    coalesce(sum(revenue) filter (where revenue_class = 'managed'), 0) as managed_revenue,
    coalesce(sum(direct_cost) filter (where revenue_class = 'managed'), 0) as managed_cost,
    coalesce(sum(revenue) filter (where is_recurring), 0) as recurring_revenue,
    coalesce(sum(direct_cost) filter (where is_recurring), 0) as recurring_cost,
    coalesce(sum(revenue) filter (where class_basis = 'suggested'), 0) as suggested_revenue,
    coalesce(sum(revenue) filter (where class_basis = 'unclassified'), 0) as unclassified_revenue
from core.fct_revenue_monthly
where not is_internal
group by client_key, month_start
