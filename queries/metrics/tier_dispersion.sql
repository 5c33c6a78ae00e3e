-- name: metrics.tier_dispersion
-- purpose: How alike the clients of one service tier are in gross margin over the covered ones of the chosen months.
-- grain: service_tier
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements
-- columns:
--   service_tier                     VARCHAR  of the clients file, else of the latest agreement in force; (no tier)
--   clients                          BIGINT   clients of the tier with revenue above 0
--   median_gross_margin_pct          DOUBLE   median of their gross margin percentages
--   first_quartile_gross_margin_pct  DOUBLE   what a quarter of them lie below; empty under five clients
--   third_quartile_gross_margin_pct  DOUBLE   what a quarter of them lie above; empty under five clients
--   iqr_gross_margin_pct             DOUBLE   third quartile - first quartile
--   lowest_client                    VARCHAR  the client with the lowest percentage
--   highest_client                   VARCHAR  the client with the highest percentage

select service_tier, count(*) as clients, quantile_cont(gross_margin_pct, 0.5) as median_gross_margin_pct,
    case when count(*) >= 5 then quantile_cont(gross_margin_pct, 0.25) end as first_quartile_gross_margin_pct,
    case when count(*) >= 5 then quantile_cont(gross_margin_pct, 0.75) end as third_quartile_gross_margin_pct,
    third_quartile_gross_margin_pct - first_quartile_gross_margin_pct as iqr_gross_margin_pct,
    arg_min(client, gross_margin_pct) as lowest_client, arg_max(client, gross_margin_pct) as highest_client
from metrics.client_margin($month_from, $month_to)
where revenue > 0
group by service_tier
order by service_tier asc
