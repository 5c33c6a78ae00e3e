-- name: metrics.outcome_years
-- purpose: How each client's year, and the cost of all together, can turn out: any four of its blocks of three months
--   on end, each as likely as the other; the mean, and what a year doesn't exceed at the risk percentile. Exact.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- uses: time_entries, technicians, clients, agreements, tickets, outcomes
-- columns:
--   client_key             VARCHAR  key of the client; empty is the book: all clients with a price
--   months                 BIGINT   months that count
--   credibility            DOUBLE   weight of its own history; empty where it can't be priced
--   expected_annual_hours  DOUBLE   hours to expect in a year
--   expected_credit_pct    DOUBLE   mean share of a month's fee given back; empty where nothing can be measured
--   has_termination_right  BOOLEAN  whether it could have left in the last of the months
--   year_mean              DOUBLE   mean of the years: hours, of the book cost
--   year_at_risk           DOUBLE   least year whose cumulative probability reaches the risk percentile

with histories as (
    select *, blocks_of_three(amounts) as blocks, coalesce(client_key, '') as series
    from metrics.outcome_histories($month_from, $month_to)
),

ranges as (
    -- years are counted in bands first, so that only those of the band that holds the answer are put in order
    select series, blocks, 4 * list_min(blocks) as lowest, 4 * (list_max(blocks) - list_min(blocks)) as width,
        cast(assumption.risk_percentile as decimal(18, 9)) * cast(len(blocks) ** 4 as bigint) as wanted
    from histories
    cross join core.assumption as assumption
    where len(blocks) > 0
),

years as materialized (
    select series, wanted, draws.ways,
        blocks[first_start] + blocks[second_start] + blocks[third_start] + blocks[fourth_start] as amount,
        coalesce(cast(floor(64 * share(amount - lowest, width)) as integer), 0) as band
    from ranges
    inner join core.year_draws as draws on len(ranges.blocks) >= draws.fourth_start
),

bands as (
    select series, band, sum(ways) as ways, sum(sum(ways)) over (partition by series order by band asc) as reached,
        any_value(wanted) as wanted
    from years
    group by series, band
),

found as (
    select series, band, reached - ways as before
    from bands
    where reached >= wanted
    qualify row_number() over (partition by series order by band asc) = 1
),

ordered as (
    select series, amount, wanted,
        before + sum(ways) over (partition by series order by amount asc) as reached
    from years
    inner join found using (series, band)
),

at_risk as (
    select series, min(amount) as amount from ordered where reached >= wanted group by series
)

select client_key, months, credibility, expected_annual_hours, expected_credit_pct, has_termination_right,
    4 * list_avg(blocks) as year_mean, at_risk.amount as year_at_risk
from histories
left join at_risk using (series)
