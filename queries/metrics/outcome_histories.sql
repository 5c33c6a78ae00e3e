-- name: metrics.outcome_histories
-- purpose: What years are made from: each client's managed hours by month, and what the clients with a price cost
--   together.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- uses: time_entries, technicians, clients, agreements, tickets, outcomes
-- columns:
--   client_key             VARCHAR   key of the client; empty is the book: all clients with a price
--   months                 BIGINT    months that count
--   credibility            DOUBLE    weight of its own history; empty where it can't be priced
--   expected_annual_hours  DOUBLE    hours to expect in a year
--   expected_credit_pct    DOUBLE    mean share of a month's fee given back; empty where nothing can be measured
--   has_termination_right  BOOLEAN   whether it could have left in the last of the months
--   amounts                DOUBLE[]  hours by month, of the book cost

with book as (
    -- the months that count for at least half of the clients
    select month_start, sum(cost order by client_key asc) as cost
    from metrics.outcome_book_costs($month_from, $month_to)
    group by month_start
    having 2 * count(*) filter (where is_counted) >= count(*)
)

select expectations.client_key, len(expectations.hours) as months, expectations.credibility,
    expectations.expected_annual_hours, credits.expected_credit_pct, credits.has_termination_right,
    expectations.hours as amounts
from metrics.outcome_expectations($month_from, $month_to) as expectations
left join metrics.outcome_credits($month_from, $month_to) as credits using (client_key)
union all
select null, count(*), null, null, null, null, list(cost order by month_start asc)
from book
having count(*) >= 6
