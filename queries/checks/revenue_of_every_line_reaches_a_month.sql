-- name: checks.revenue_of_every_line_reaches_a_month
-- purpose: Clients whose invoice lines, signed and spread over their months, don't add up to what the lines say.
-- grain: client
-- columns:
--   client           VARCHAR        the client
--   billed           DECIMAL(38,4)  sum of the lines, credit notes negative
--   recognised       DECIMAL(38,4)  sum over all months
--   cost_billed      DECIMAL(38,4)  direct cost of the lines
--   cost_recognised  DECIMAL(38,4)  direct cost over all months

with billed as (
    select client_key, any_value(client) as client,
        sum(signed(amount, is_credit)) as amount,
        sum(coalesce(signed(direct_cost, is_credit), 0)) as direct_cost
    from staging.invoice_lines
    group by client_key
),

recognised as (
    select client_key, sum(revenue) as amount, sum(direct_cost) as direct_cost
    from core.fct_revenue_monthly
    group by client_key
)

select coalesce(billed.client, recognised.client_key) as client, billed.amount as billed,
    recognised.amount as recognised, billed.direct_cost as cost_billed, recognised.direct_cost as cost_recognised
from billed
full outer join recognised using (client_key)
where billed.amount is distinct from recognised.amount or billed.direct_cost is distinct from recognised.direct_cost
