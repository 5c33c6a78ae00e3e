-- name: metrics.new_client_effort
-- purpose: What each client that started in the twelve months before a day took in its fourth to ninth month after
--   that, against what older clients of its tier would have taken. Where the tier has none, nothing is compared.
-- grain: client_key
-- params: as_of DATE
-- needs: clients, invoice_lines, time_entries|tickets
-- uses: agreements
-- columns:
--   client_key       VARCHAR  key of the client
--   client           VARCHAR  the client
--   service_tier     VARCHAR  its tier
--   start_month      DATE     month in which it started
--   months           BIGINT   covered months from the fourth to the ninth after it that are over
--   hours            DOUBLE   managed hours in them
--   usual_hours      DOUBLE   its users x these months x managed hours of older clients for a user and month
--   effort_ratio     DOUBLE   hours / usual hours

with clients as (
    -- who pays since the first month on file began earlier, nobody knows when
    select clients.client_key, clients.client, tiers.service_tier, clients.users, clients.ends_on, span.closing_month,
        span.twelve_from, cast(date_trunc('month', coalesce(
            clients.starts_on, nullif(paid.first_revenue_month, first.month_start)
        )) as date) as start_month
    from core.dim_clients as clients
    cross join metrics.signal_window($as_of) as span
    cross join (select min(first_revenue_month) as month_start from core.client_first_revenue) as first
    inner join metrics.client_tiers(cast(date_trunc('month', $as_of) as date)) as tiers using (client_key)
    left join core.client_first_revenue as paid using (client_key)
    where clients.users > 0 and not clients.is_internal
),

usual as (
    select clients.service_tier, share(sum(months.managed_hours), sum(clients.users)) as effort
    from clients
    inner join metrics.client_months as months
        on clients.client_key = months.client_key
        and months.month_start between clients.twelve_from and clients.closing_month
    where months.is_covered and months.is_active
        and coalesce(clients.start_month < clients.twelve_from, true)
    group by clients.service_tier
),

grown as (
    select clients.client_key, clients.client, clients.service_tier, clients.start_month, clients.users,
        count(*) as months, coalesce(sum(worked.managed_hours), 0) + span.no_labour as hours
    from clients
    cross join (select case when has_labour then 0 end as no_labour from core.data_span) as span
    inner join core.covered_months as months
        on months.month_start between clients.start_month + interval 4 months
        and least(clients.start_month + interval 9 months, clients.closing_month)
        and months.month_start <= coalesce(clients.ends_on, months.month_start)
    left join metrics.client_months as worked
        on clients.client_key = worked.client_key and months.month_start = worked.month_start
    where clients.start_month >= clients.twelve_from
    group by clients.client_key, clients.client, clients.service_tier, clients.start_month, clients.users,
        span.no_labour
)

select grown.client_key, grown.client, grown.service_tier, grown.start_month, grown.months,
    cast(grown.hours as double) as hours, grown.users * grown.months * usual.effort as usual_hours,
    share(grown.hours, grown.users * grown.months * usual.effort) as effort_ratio
from grown
inner join usual using (service_tier)
where usual.effort is not null
order by effort_ratio desc nulls last, grown.client asc
