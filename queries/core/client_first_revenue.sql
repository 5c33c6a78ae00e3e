-- name: core.client_first_revenue
-- purpose: Since which month each client has brought revenue.
-- grain: client_key
-- columns:
--   client_key           VARCHAR  key of the client
--   first_revenue_month  DATE     first month with revenue above 0

select client_key, min(month_start) as first_revenue_month
from (
    select client_key, month_start
    from core.fct_revenue_monthly
    group by client_key, month_start
    having sum(revenue) > 0
) as earning
group by client_key
