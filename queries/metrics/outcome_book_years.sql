-- name: metrics.outcome_book_years
-- purpose: What the work of all clients with a price would cost in an ordinary year and in bad ones, together, and the
--   cushion that a buyer of the book would want: a bad year of ten.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, tickets, outcomes
-- columns:
--   months         BIGINT         months of the book that count: of at least half of the clients with a price
--   mean_year      DECIMAL(28,2)  labour of an ordinary year; empty under six such months
--   p80_year       DECIMAL(28,2)  the least that four of five years don't exceed
--   p90_year       DECIMAL(28,2)  the least that nine of ten years don't exceed
--   cushion        DECIMAL(28,2)  the last less an ordinary year
--   carried        DECIMAL(28,2)  what the prices of the clients carry for risk, each alone, for a year
--   cushion_share  DOUBLE         the cushion, of an ordinary year

with book as (
    select blocks_of_three(amounts) as blocks, months
    from metrics.outcome_histories($month_from, $month_to)
    where client_key is null
),

years as (
    select draws.ways, sum(draws.ways) over () as all_ways,
        blocks[first_start] + blocks[second_start] + blocks[third_start] + blocks[fourth_start] as cost
    from book
    inner join core.year_draws as draws on len(book.blocks) >= draws.fourth_start
),

ordered as (
    select cost, ways, all_ways, sum(ways) over (order by cost asc) as reached from years
),

found as (
    select share(sum(cost * ways), sum(ways)) as mean_year,
        min(cost) filter (where 10 * reached >= 8 * all_ways) as p80_year,
        min(cost) filter (where 10 * reached >= 9 * all_ways) as p90_year
    from ordered
)

select (select max(months) from book) as months, cast(mean_year as decimal(28, 2)) as mean_year,
    cast(p80_year as decimal(28, 2)) as p80_year, cast(p90_year as decimal(28, 2)) as p90_year,
    cast(p90_year - mean_year as decimal(28, 2)) as cushion, risk.sum_of_risk_loads as carried,
    share(p90_year - mean_year, mean_year) as cushion_share
from found
cross join metrics.book_risk($month_from, $month_to) as risk
