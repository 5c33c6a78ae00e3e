-- name: metrics.migration_bridge
-- purpose: From today's margin to that of the plan, quarter by quarter in which clients can move: what higher fees of
--   those that move bring a year, what their credits and a usual year's cost change, and the capital then at risk.
-- grain: quarter_start
-- params: as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: agreements, clients, technicians, tickets, outcomes
-- columns:
--   quarter_start   DATE           first day of the quarter; empty for clients whose renewal no agreement says
--   clients         BIGINT         clients that can move in it
--   moved           BIGINT         of them those that the plan moves
--   opening_margin  DECIMAL(28,2)  margin a year of all clients before it
--   plan_gain       DECIMAL(28,2)  what those that move add a year; empty, as below, where none of its can be priced
--   price_gain      DECIMAL(28,2)  of it what their higher fees bring
--   other_gain      DECIMAL(28,2)  and the rest: credits to expect, a usual year's cost against this one's
--   closing_margin  DECIMAL(28,2)  margin a year of all clients after it; empty where none of the plan can be priced
--   stay_gain       DECIMAL(28,2)  what moving those that stay would bring a year: below 0 it would cost that much
--   risk_capital    DECIMAL(28,2)  cost of one bad year in ten of all that have moved, beyond an ordinary one

with plan as (
    from metrics.migration_plan($as_of)
),

quarters as (
    select quarter_start, count(*) as clients, count(*) filter (where is_moved) as moved,
        -- nobody knows what a move of clients without a price would bring: that is not nothing
        sum(if(is_moved, price_rise, 0)) filter (where gain is not null) as price_gain,
        sum(if(is_moved, gain, 0)) filter (where gain is not null) as gain,
        sum(if(is_moved, 0, gain)) filter (where gain is not null) as stay_gain
    from plan
    group by quarter_start
),

book as (
    select sum(current_margin) as current_margin, count(gain) > 0 as is_priced from plan
),

reached as (
    select quarters.*, book.is_priced,
        coalesce(sum(quarters.gain) over upto, 0) + book.current_margin as closing,
        last_value(risks.risk_capital ignore nulls) over upto as risk_capital
    from quarters
    cross join book
    left join metrics.migration_risk($as_of) as risks
        on quarters.quarter_start is not distinct from risks.quarter_start
    window upto as (
        order by quarters.quarter_start asc nulls last rows between unbounded preceding and current row
    )
)

select quarter_start, clients, moved, cast(closing - coalesce(gain, 0) as decimal(28, 2)) as opening_margin,
    cast(gain as decimal(28, 2)) as plan_gain, cast(price_gain as decimal(28, 2)) as price_gain,
    cast(gain - price_gain as decimal(28, 2)) as other_gain,
    cast(if(is_priced, closing, null) as decimal(28, 2)) as closing_margin,
    cast(stay_gain as decimal(28, 2)) as stay_gain, risk_capital
from reached
order by quarter_start asc nulls last
