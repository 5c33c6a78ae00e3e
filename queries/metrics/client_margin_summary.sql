-- name: metrics.client_margin_summary
-- purpose: The answer to "which clients make money" over the chosen months, beside as many months before them.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- columns:
--   clients                            BIGINT         clients with revenue, direct cost or labour
--   best_client                        VARCHAR        the client with the highest margin in money
--   loss_clients                       BIGINT         of them the billed ones whose margin is below zero
--   loss_amount                        DECIMAL(18,2)  what those lost together, above zero
--   worst_client                       VARCHAR        the billed client with the lowest margin in money
--   worst_gross_margin                 DECIMAL(18,2)  its margin
--   clients_without_labour             BIGINT         clients with revenue and no hours
--   unbilled_clients                   BIGINT         clients with hours and no invoice at all: no margin to speak of
--   unbilled_labour_cost               DECIMAL(18,2)  what their hours cost
--   revenue                            DECIMAL(18,2)  the whole book's revenue
--   gross_margin                       DECIMAL(18,2)  its gross margin
--   gross_margin_pct                   DOUBLE         gross margin / revenue
--   service_gross_margin_pct           DOUBLE         the same without products
--   managed_gross_margin_pct           DOUBLE         managed margin / managed revenue
--   effective_hourly_rate              DOUBLE         (managed revenue - its direct cost) / managed hours
--   suggested_revenue                  DECIMAL(18,2)  revenue whose class is suggested and not confirmed
--   unclassified_revenue               DECIMAL(18,2)  revenue without a class
--   assumed_rate_hours                 DOUBLE         client hours costed at the assumed rate
--   assumed_share                      DOUBLE         of all client hours
--   labour_basis                       VARCHAR        time entries, tickets or none
--   previous_gross_margin              DECIMAL(18,2)  their gross margin; empty unless each has invoices and hours
--   previous_gross_margin_pct          DOUBLE         their gross margin percentage
--   previous_service_gross_margin_pct  DOUBLE         the same without products
--   previous_managed_gross_margin_pct  DOUBLE         their managed margin percentage
--   previous_effective_hourly_rate     DOUBLE         their effective hourly rate

with clients as (
    select months.month_start >= $month_from as is_chosen, clients.client, bool_or(months.has_labour) as worked,
        not bool_or(months.is_billed) as is_unbilled, sum(labour_cost) as labour_cost, sum(revenue) as revenue,
        sum(gross_margin) as margin, case when not is_unbilled then margin end as profit,
        sum(service_revenue) as service_revenue, sum(service_gross_margin) as service_margin,
        sum(managed_revenue) as managed_revenue, sum(managed_revenue - managed_cost) as earned,
        sum(managed_gross_margin) as managed_margin, sum(managed_hours) as managed_hours, sum(labour_hours) as hours,
        sum(assumed_rate_hours) as assumed, sum(suggested_revenue) as suggested, sum(unclassified_revenue) as unsaid
    from metrics.client_months as months
    inner join core.dim_clients as clients using (client_key)
    where month_start <= $month_to
        and month_start >= $month_from - to_months(cast(date_diff('month', $month_from, $month_to) + 1 as integer))
    group by is_chosen, clients.client
),

book as (
    select is_chosen, count(*) as clients, arg_max(client, margin) as best_client,
        case when sum(margin) is not null then count(*) filter (where profit < 0) end as loss_clients,
        cast(coalesce(sum(-margin) filter (where profit < 0), sum(margin) * 0) as decimal(18, 2)) as loss_amount,
        arg_min(client, profit) as worst_client, cast(min(profit) as decimal(18, 2)) as worst_gross_margin,
        count(*) filter (where revenue > 0 and not worked) as clients_without_labour,
        count(*) filter (where is_unbilled) as unbilled_clients,
        cast(sum(labour_cost) filter (where is_unbilled) as decimal(18, 2)) as unbilled_labour_cost,
        cast(sum(revenue) as decimal(18, 2)) as revenue, cast(sum(margin) as decimal(18, 2)) as gross_margin,
        cast(sum(margin) as double) / nullif(greatest(sum(revenue), 0), 0) as gross_margin_pct,
        cast(sum(service_margin) as double) / nullif(greatest(sum(service_revenue), 0), 0) as service_gross_margin_pct,
        cast(sum(managed_margin) as double) / nullif(greatest(sum(managed_revenue), 0), 0) as managed_gross_margin_pct,
        cast(sum(earned) as double) / nullif(greatest(sum(managed_hours), 0), 0) as effective_hourly_rate,
        cast(sum(suggested) as decimal(18, 2)) as suggested_revenue,
        cast(sum(unsaid) as decimal(18, 2)) as unclassified_revenue,
        cast(sum(assumed) as double) as assumed_rate_hours, assumed_rate_hours / nullif(sum(hours), 0) as assumed_share
    from clients
    group by is_chosen
)

select chosen.* exclude (is_chosen), span.labour_basis, earlier.gross_margin as previous_gross_margin,
    earlier.gross_margin_pct as previous_gross_margin_pct,
    earlier.service_gross_margin_pct as previous_service_gross_margin_pct,
    earlier.managed_gross_margin_pct as previous_managed_gross_margin_pct,
    earlier.effective_hourly_rate as previous_effective_hourly_rate
from core.data_span as span
left join book as chosen on chosen.is_chosen
left join core.months as before on before.month_start = $month_from - interval 1 month
left join book as earlier on not earlier.is_chosen and before.whole_run > date_diff('month', $month_from, $month_to)
