-- name: metrics.migration_risk
-- purpose: The capital that outcome prices put at risk as the plan moves clients, quarter by quarter: what one
--   bad year in ten of all that have moved by then costs beyond an ordinary one: the cushion of the book so far.
-- grain: quarter_start
-- params: as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: agreements, clients, technicians, tickets, outcomes
-- columns:
--   quarter_start  DATE           first day of the quarter; empty for clients whose renewal no agreement says
--   risk_capital   DECIMAL(28,2)  at least 0; empty under six months that count for half of them

with moves as (
    select quarter_start, client_key, dense_rank() over (order by quarter_start asc nulls last) as place
    from metrics.migration_plan($as_of)
    where is_moved
),

quarters as (
    select quarter_start, place from moves group by quarter_start, place
),

monthly as (
    select quarters.place, costs.month_start, sum(costs.cost order by costs.client_key asc) as cost
    from quarters
    inner join moves on quarters.place >= moves.place
    inner join metrics.outcome_book_costs(
        (select year.month_from from metrics.year_to($as_of) as year),
        (select year.month_to from metrics.year_to($as_of) as year)
    ) as costs on moves.client_key = costs.client_key
    group by quarters.place, costs.month_start
    having 2 * count(*) filter (where costs.is_counted) >= count(*)
),

series as (
    select place, blocks_of_three(list(cost order by month_start asc)) as blocks
    from monthly
    group by place
    having count(*) >= 6
),

years as (
    select series.place, 4 * list_avg(blocks) as mean,
        blocks[first_start] + blocks[second_start] + blocks[third_start] + blocks[fourth_start] as amount,
        sum(draws.ways) over (partition by series.place order by amount asc) as reached,
        cast(len(blocks) ** 4 as bigint) as all_ways
    from series
    inner join core.year_draws as draws on len(series.blocks) >= draws.fourth_start
)

select quarters.quarter_start,
    cast(
        greatest(min(years.amount) filter (where 10 * years.reached >= 9 * years.all_ways) - any_value(years.mean), 0)
        as decimal(28, 2)
    ) as risk_capital
from quarters
left join years using (place)
group by quarters.quarter_start
order by quarters.quarter_start asc nulls last
