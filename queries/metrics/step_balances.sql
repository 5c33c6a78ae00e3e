-- name: metrics.step_balances
-- purpose: Both sides of each step from the files as loaded to the clients' numbers.
-- grain: step, measure
-- columns:
--   step         VARCHAR        the step
--   measure      VARCHAR        rows of a kind, money or hours
--   left_side    DECIMAL(28,9)  before the step
--   right_side   DECIMAL(28,9)  after it
--   difference   DECIMAL(28,9)  left - right
--   is_balanced  BOOLEAN        whether they are equal

-- each sum is cast on its own: the common type of unlike sums has fewer decimals than hours have
with monthly as (
    select 'money' as measure, cast(coalesce(sum(revenue), 0) as decimal(28, 9)) as amount,
        cast(coalesce(sum(revenue) filter (where is_internal), 0) as decimal(28, 9)) as own
    from core.fct_revenue_monthly
    union all
    select 'hours' as measure, cast(coalesce(sum(hours), 0) as decimal(28, 9)) as amount,
        cast(coalesce(sum(hours) filter (where is_internal), 0) as decimal(28, 9)) as own
    from core.fct_labour_monthly
),

clients as (
    select 'money' as measure, cast(coalesce(sum(revenue), 0) as decimal(28, 9)) as amount from metrics.client_months
    union all
    select 'hours' as measure, cast(coalesce(sum(labour_hours), 0) as decimal(28, 9)) as amount
    from metrics.client_months
),

sides as (
    select 1 as place, step, measure, left_side, right_side from core.step_totals
    union all
    select 2 as place, 'monthly sums to clients' as step,
        concat(monthly.measure, ', internal ones added to the clients''') as measure,
        cast(monthly.amount as decimal(28, 9)) as left_side,
        cast(clients.amount + monthly.own as decimal(28, 9)) as right_side
    from monthly
    inner join clients using (measure)
)

select step, measure, left_side, right_side, cast(left_side - right_side as decimal(28, 9)) as difference,
    left_side = right_side as is_balanced
from sides
order by place asc, step desc, measure asc
