-- name: metrics.default_period
-- purpose: The months that pages show unless told otherwise, the last 12 covered ones, and how far each source reaches.
-- grain: one row
-- columns:
--   month_from        DATE     first month
--   month_to          DATE     last month
--   as_of             DATE     the day by which obligations are judged: the last of the months, at most data_through
--   data_through      DATE     latest date of any source that isn't in the future
--   invoices_through  DATE     latest date of an invoice
--   labour_through    DATE     latest day worked
--   tickets_through   DATE     latest date on which a ticket was opened, resolved or closed
--   basis             VARCHAR  what the months are: covered ones, or what there is where none is covered

with ranked as (
    select month_start,
        case
            when is_covered then 3
            when is_complete_for_invoices and has_invoices or is_complete_for_labour and has_labour then 2
            else 1
        end as worth
    from core.months
),

chosen as (
    select month_start, worth, row_number() over (order by month_start desc) as place
    from ranked
    where worth = (select max(best.worth) from ranked as best)
),

bounds as (
    select max(month_start) as month_to, min(month_start) as month_from, max(worth) as worth
    from chosen
    where place <= 12
)

select bounds.month_from, bounds.month_to,
    least(coalesce(last_day(bounds.month_to), span.data_through), span.data_through) as as_of, span.data_through,
    span.invoices_through, span.labour_through, span.tickets_through,
    case bounds.worth
        when 3 then 'months that invoices and hours cover'
        when 2 then 'complete months with invoices or labour'
        when 1 then 'months that are not complete yet'
    end as basis
from bounds
cross join core.data_span as span
