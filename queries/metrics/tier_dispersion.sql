-- name: metrics.tier_dispersion
-- purpose: How alike the clients of one service tier are in gross margin over the chosen months.
-- grain: service_tier
-- params: month_from DATE, month_to DATE
-- columns:
--   service_tier             VARCHAR  tier in the clients file, else of the latest agreement in force, else (no tier)
--   clients                  BIGINT   clients of the tier with revenue above 0
--   median_gross_margin_pct  DOUBLE   median of their gross margin percentages
--   iqr_gross_margin_pct     DOUBLE   third quartile - first quartile; empty under five clients
--   lowest_client            VARCHAR  the client with the lowest percentage
--   highest_client           VARCHAR  the client with the highest percentage

with tiers as (
    select client_key, arg_max(service_tier, starts_on) as service_tier
    from core.dim_agreements
    where service_tier is not null and starts_on <= last_day($month_to) and coalesce(ends_on >= $month_to, true)
    group by client_key
),

margins as (
    select client_key, gross_margin_pct(sum(gross_margin), sum(revenue)) as margin_pct
    from metrics.client_months
    where month_start between $month_from and $month_to
    group by client_key
    having sum(revenue) > 0
),

tiered as (
    select coalesce(clients.service_tier, tiers.service_tier, '(no tier)') as service_tier, clients.client,
        margins.margin_pct
    from margins
    inner join core.dim_clients as clients using (client_key)
    left join tiers using (client_key)
)

select service_tier, count(*) as clients, quantile_cont(margin_pct, 0.5) as median_gross_margin_pct,
    case when count(*) >= 5 then quantile_cont(margin_pct, 0.75) - quantile_cont(margin_pct, 0.25) end
        as iqr_gross_margin_pct,
    arg_min(client, margin_pct) as lowest_client, arg_max(client, margin_pct) as highest_client
from tiered
group by service_tier
order by service_tier asc
