-- name: metrics.outcome_expectations
-- purpose: The managed hours of each client's months that count, and how many to expect in a year: its own history
--   weighed against that of its group by credibility.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- uses: time_entries, technicians, clients, agreements
-- columns:
--   client_key             VARCHAR   key of the client
--   month_starts           DATE[]    its months that count: with labour, after onboarding, at most the latest 24
--   hours                  DOUBLE[]  managed hours in each of them
--   hourly_rate            DOUBLE    cost of an hour of its managed work
--   credibility            DOUBLE    weight of its own history; empty with less than six months, without users or hours
--   expected_annual_hours  DOUBLE    hours to expect in a year

with clients as (
    select *, started_on + cast(assumption.onboarding_days as integer) as counts_from
    from metrics.outcome_clients($month_from, $month_to)
    cross join core.assumption as assumption
),

counting as (
    select clients.client_key, months.month_start
    from clients
    inner join core.covered_months as months on months.month_start >= coalesce(clients.counts_from, months.month_start)
    where months.month_start between $month_from and $month_to
        and months.month_start
        >= (select min(full_month.month_start) from core.months as full_month where full_month.is_complete_for_labour)
    qualify row_number() over (partition by clients.client_key order by months.month_start desc) <= 24
),

histories as (
    select counting.client_key, list(counting.month_start order by counting.month_start asc) as month_starts,
        list(cast(coalesce(worked.managed_hours, 0) as double) order by counting.month_start asc) as hours
    from counting
    left join metrics.client_months as worked using (client_key, month_start)
    group by counting.client_key
),

weighable as (
    select clients.client_key, clients.service_tier, clients.users, len(hours) as months, list_sum(hours) as total,
        share(list_avg(hours), clients.users) as own,
        share(list_var_samp(hours), clients.users * clients.users) as spread
    from clients
    inner join histories using (client_key)
    -- work that nobody wrote down says nothing of what it takes
    where clients.users > 0 and len(hours) >= 6 and list_sum(hours) > 0
),

tiers as (
    select service_tier, count(*) as clients, share(sum(total order by client_key), sum(users * months)) as hours,
        avg(spread order by client_key) as within_clients,
        var_samp(own order by client_key) - share(avg(spread order by client_key), avg(months)) as among_clients
    from weighable
    group by grouping sets ((service_tier), ())
),

weighed as (
    select weighable.*, tiers.hours as group_hours,
        credibility(months, tiers.clients, within_clients, among_clients) as credibility
    from weighable
    inner join tiers
        on tiers.service_tier is null or weighable.service_tier = tiers.service_tier and tiers.clients >= 3
    qualify row_number() over (partition by client_key order by tiers.service_tier asc nulls last) = 1
)

select clients.client_key, coalesce(histories.month_starts, []) as month_starts,
    coalesce(histories.hours, []) as hours, clients.hourly_rate, weighed.credibility,
    12 * clients.users * (weighed.credibility * own + (1 - weighed.credibility) * group_hours) as expected_annual_hours
from clients
left join histories using (client_key)
left join weighed using (client_key)
