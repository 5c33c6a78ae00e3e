-- name: metrics.outcome_book_costs
-- purpose: What each client with a price costs the book in each month that counts for any of them: a client without
--   hours, or in a month that doesn't count for it, stands at its expectation.
-- grain: client_key, month_start
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- uses: time_entries, technicians, clients, agreements, tickets, outcomes
-- columns:
--   client_key   VARCHAR  key of the client
--   month_start  DATE     first of the month
--   is_counted   BOOLEAN  whether the month counts for the client
--   cost         DOUBLE   its hours against its own monthly mean, times its expected cost of labour a month

with clients as (
    select expectations.*
    from metrics.outcome_expectations($month_from, $month_to) as expectations
    left join metrics.outcome_credits($month_from, $month_to) as credits using (client_key)
    cross join core.assumption as assumption
    where expectations.credibility is not null
        and assumption.target_gross_margin + coalesce(credits.expected_credit_pct, 0) < 1
),

counted as (
    select client_key, unnest(month_starts) as month_start, unnest(hours) as hours from clients
),

months as (
    select distinct month_start from counted
)

select clients.client_key, months.month_start, counted.hours is not null as is_counted,
    coalesce(share(counted.hours, list_avg(clients.hours)), 1) * clients.expected_annual_hours * clients.hourly_rate
    / 12 as cost
from months
cross join clients
left join counted on months.month_start = counted.month_start and clients.client_key = counted.client_key
