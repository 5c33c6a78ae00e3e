-- name: core.fct_revenue_monthly
-- purpose: Revenue and direct cost of each client, month and class, each line spread over the months it pays for.
-- grain: client_key, month_start, revenue_class, class_basis
-- columns:
--   client_key     VARCHAR        key of the client
--   month_start    DATE           month in which it is recognised
--   revenue_class  VARCHAR        managed, other_recurring, project, tm, product or unclassified
--   class_basis    VARCHAR        stated on the line, confirmed, suggested or unclassified
--   is_internal    BOOLEAN        billed to the MSP itself
--   is_recurring   BOOLEAN        managed or other_recurring: counts as monthly recurring revenue
--   revenue        DECIMAL(28,4)  net of tax
--   direct_cost    DECIMAL(28,4)  tools and third-party cost
--   lines          BIGINT         invoice lines that have a share in it

with shares as (
    -- Month k gets round(amount*k/n, 4) - round(amount*(k-1)/n, 4), so that a line's months add up to it exactly.
    -- In whole ten-thousandths, because dividing a DECIMAL gives a DOUBLE; half is rounded away from zero.
    select client_key, first_month, revenue_class, class_basis, is_internal, service_months as months,
        unnest(range(1, service_months + 1)) as place,
        cast(cast(amount as decimal(38, 4)) * 10000 as hugeint) as units,
        cast(cast(direct_cost as decimal(38, 4)) * 10000 as hugeint) as cost_units
    from core.fct_invoice_lines
),

rounded as (
    select *, sign(units) as way, sign(cost_units) as cost_way,
        spread_until(units, place, months) as up_to, spread_until(units, place - 1, months) as before,
        spread_until(cost_units, place, months) as cost_up_to,
        spread_until(cost_units, place - 1, months) as cost_before
    from shares
)

select client_key, cast(first_month + to_months(cast(place - 1 as integer)) as date) as month_start,
    revenue_class, class_basis, is_internal, revenue_class in ('managed', 'other_recurring') as is_recurring,
    cast(cast(sum(way * (up_to - before)) as decimal(28, 0)) * 0.0001 as decimal(28, 4)) as revenue,
    cast(cast(sum(cost_way * (cost_up_to - cost_before)) as decimal(28, 0)) * 0.0001 as decimal(28, 4)) as direct_cost,
    count(*) as lines
from rounded
group by all
