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

with clients as (
    select expectations.*, credits.expected_credit_pct, credits.has_termination_right,
        credibility is not null
        and assumption.target_gross_margin + coalesce(credits.expected_credit_pct, 0) < 1 as is_priced
    from metrics.outcome_expectations($month_from, $month_to) as expectations
    left join metrics.outcome_credits($month_from, $month_to) as credits using (client_key)
    cross join core.assumption as assumption
),

counted as (
    select client_key, unnest(month_starts) as month_start, unnest(hours) as hours from clients where is_priced
),

common as (
    select month_start
    from counted
    group by month_start
    having 2 * count(*) >= (select count(*) from clients where is_priced)
),

book as (
    -- a client without hours, or in a month that doesn't count for it, stands at its expectation
    select common.month_start,
        sum(
            coalesce(share(counted.hours, list_avg(clients.hours)), 1)
            * clients.expected_annual_hours * clients.hourly_rate / 12
            order by clients.client_key asc
        ) as cost
    from common
    inner join clients on clients.is_priced
    left join counted on common.month_start = counted.month_start and clients.client_key = counted.client_key
    group by common.month_start
)

select client_key, len(hours) as months, credibility, expected_annual_hours, expected_credit_pct,
    has_termination_right, hours as amounts
from clients
union all
select null, count(*), null, null, null, null, list(cost order by month_start asc)
from book
having count(*) >= 6
