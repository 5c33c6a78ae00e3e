-- name: core.handovers
-- purpose: Clients whose recurring bills stop in a month while those of another begin in the next, for the same item
--   and amount, and no third one's do: perhaps one client under a new name. Nothing is merged until a person
--   says so.
-- grain: gone_key
-- columns:
--   gone_key  VARCHAR  the client whose bills stop
--   came_key  VARCHAR  the client whose bills begin in the next month

with spans as (
    select client_key, min(month_start) as first_month, max(month_start) as last_month,
        arg_min(mrr, month_start) as first_mrr, arg_max(mrr, month_start) as last_mrr
    from core.recurring_monthly
    where mrr > 0 and client_key <> '(no client)'
    group by client_key
),

billed as (
    select distinct client_key, item_key, amount
    from core.fct_invoice_lines
    where not is_credit and amount > 0 and item_key is not null
),

alike as (
    select gone.client_key as gone_key, came.client_key as came_key
    from spans as gone
    inner join spans as came
        on came.first_month = gone.last_month + interval 1 month and gone.last_mrr = came.first_mrr
    inner join billed as before on gone.client_key = before.client_key
    inner join billed as after
        on came.client_key = after.client_key and before.item_key = after.item_key and before.amount = after.amount
    group by gone.client_key, came.client_key
),

counted as (
    select *, count(*) over (partition by gone_key) as came, count(*) over (partition by came_key) as gone from alike
)

select counted.gone_key, counted.came_key
from counted
anti join raw.aliases as apart
    on apart.kind = 'client apart'
    and apart.name_key = least(counted.gone_key, counted.came_key)
    and apart.target_key = greatest(counted.gone_key, counted.came_key)
where counted.came = 1 and counted.gone = 1
