-- name: core.fct_revenue_monthly
-- purpose: Revenue and direct cost of each client, month, class and agreement, each line spread over the months it pays
--   for.
-- grain: client_key, month_start, revenue_class, class_basis, recurs_as, agreement_key
-- columns:
--   client_key     VARCHAR        key of the client
--   month_start    DATE           month in which it is recognised
--   revenue_class  VARCHAR        managed, other_recurring, project, tm, product or unclassified
--   class_basis    VARCHAR        stated on the line, confirmed, suggested or unclassified
--   is_internal    BOOLEAN        billed to the MSP itself
--   is_recurring   BOOLEAN        managed or other_recurring
--   recurs_as      VARCHAR        what recurring revenue counts as: mrr, credit (credit notes and lines that one takes
--                                 back), or beyond_end (months that begin after the client's end); empty if it's none
--   agreement_key  VARCHAR        key of the agreement that the lines name; empty if they name none
--   revenue        DECIMAL(28,4)  net of tax
--   credits        DECIMAL(28,4)  of it what lines below 0 take off
--   direct_cost    DECIMAL(28,4)  tools and third-party cost, 0 where no line states any
--   states_cost    BOOLEAN        whether any of the lines does
--   lines          BIGINT         invoice lines that have a share in it

with shares as (
    -- Month k gets round(amount*k/n, 4) - round(amount*(k-1)/n, 4), so that a line's months add up to it exactly.
    -- In whole ten-thousandths, because dividing a DECIMAL gives a DOUBLE; half is rounded away from zero.
    select lines.client_key, lines.first_month, lines.revenue_class, lines.class_basis, lines.is_internal,
        lines.agreement_key, lines.states_cost,
        lines.is_credit or repeated.load_id is not null as is_taken_back, lines.service_months as months,
        unnest(range(1, lines.service_months + 1)) as place,
        cast(cast(amount as decimal(38, 4)) * 10000 as hugeint) as units,
        cast(cast(direct_cost as decimal(38, 4)) * 10000 as hugeint) as cost_units
    from core.fct_invoice_lines as lines
    left join core.repeated_lines as repeated using (load_id, row_number)
),

rounded as (
    select *, cast(first_month + to_months(cast(place - 1 as integer)) as date) as month_start,
        sign(units) as way, sign(cost_units) as cost_way,
        spread_until(units, place, months) as up_to, spread_until(units, place - 1, months) as before,
        spread_until(cost_units, place, months) as cost_up_to,
        spread_until(cost_units, place - 1, months) as cost_before
    from shares
)

select rounded.client_key, rounded.month_start, rounded.revenue_class, rounded.class_basis, rounded.is_internal,
    rounded.revenue_class in ('managed', 'other_recurring') as is_recurring,
    case
        when rounded.revenue_class not in ('managed', 'other_recurring') then null
        when rounded.is_taken_back then 'credit'
        when rounded.month_start > clients.ends_on then 'beyond_end'
        else 'mrr'
    end as recurs_as, rounded.agreement_key,
    cast(cast(sum(way * (up_to - before)) as decimal(28, 0)) * 0.0001 as decimal(28, 4)) as revenue,
    cast(
        cast(-coalesce(sum(up_to - before) filter (where way < 0), 0) as decimal(28, 0)) * 0.0001 as decimal(28, 4)
    ) as credits,
    cast(cast(sum(cost_way * (cost_up_to - cost_before)) as decimal(28, 0)) * 0.0001 as decimal(28, 4)) as direct_cost,
    bool_or(rounded.states_cost) as states_cost, count(*) as lines
from rounded
left join core.dim_clients as clients using (client_key)
group by all
