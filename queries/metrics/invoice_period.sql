-- name: metrics.invoice_period
-- purpose: The months that pages of invoices show unless told otherwise: the twelve up to the last that is complete for
--   invoices, however far tickets and hours reach; those of default_period where no month is.
-- grain: one row
-- columns:
--   month_from    DATE  first month
--   month_to      DATE  last month
--   as_of         DATE  the day by which obligations are judged: the last of the months, at most data_through
--   data_through  DATE  latest date of any source that isn't in the future

with complete as (
    select min(month_start) as first_month, max(month_start) as last_month
    from core.months
    where is_complete_for_invoices and has_invoices
),

bounds as (
    select
        coalesce(
            greatest(complete.first_month, cast(complete.last_month - interval 11 month as date)), usual.month_from
        ) as month_from,
        coalesce(complete.last_month, usual.month_to) as month_to, usual.data_through
    from complete
    cross join metrics.default_period as usual
)

select month_from, month_to, least(coalesce(last_day(month_to), data_through), data_through) as as_of, data_through
from bounds
