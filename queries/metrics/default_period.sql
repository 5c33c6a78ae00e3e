-- name: metrics.default_period
-- purpose: The months that pages show unless told otherwise: the last 12 complete ones with invoices and labour.
-- grain: one row
-- columns:
--   month_from    DATE     first month
--   month_to      DATE     last month
--   as_of         DATE     the day by which obligations are judged: the last day of the data
--   data_through  DATE     latest opened, resolved, worked or invoiced date that isn't in the future
--   basis         VARCHAR  what the months hold: invoices and labour, or whatever there is where none holds both

with ranked as (
    select month_start,
        case when is_complete and has_invoices and has_labour then 3 when is_complete then 2 else 1 end as worth
    from core.months
),

chosen as (
    select month_start, worth from ranked where worth = (select max(best.worth) from ranked as best)
),

bounds as (
    select max(month_start) as last_month, min(month_start) as first_month, max(worth) as worth from chosen
)

select cast(greatest(bounds.last_month - interval 11 month, bounds.first_month) as date) as month_from,
    bounds.last_month as month_to, span.data_through as as_of, span.data_through,
    case bounds.worth
        when 3 then 'complete months with invoices and labour'
        when 2 then 'complete months with invoices or labour'
        when 1 then 'months that are not complete yet'
    end as basis
from bounds
cross join core.data_span as span
