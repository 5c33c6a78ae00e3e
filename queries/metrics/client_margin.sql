-- name: metrics.client_margin
-- purpose: Revenue, cost to deliver and gross margin of every client over the covered ones of the chosen months.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements
-- columns:
--   client_key                VARCHAR        key of the client
--   client                    VARCHAR        the client
--   service_tier              VARCHAR        of the clients file, else the latest agreement, else (no tier)
--   revenue                   DECIMAL(28,2)  net of tax, recognised in them; empty if no invoice is loaded at all
--   direct_cost               DECIMAL(28,2)  tools and third-party cost; empty where no invoice line states any
--   labour_hours              DOUBLE         hours that aren't internal; empty if no labour is loaded at all
--   labour_cost               DECIMAL(28,2)  those hours at the technicians' rates
--   assumed_rate_hours        DOUBLE         of them costed at the assumed rate
--   gross_margin              DECIMAL(28,2)  revenue - direct cost - labour cost
--   gross_margin_pct          DOUBLE         gross margin / revenue; empty where revenue isn't above 0
--   service_revenue           DECIMAL(28,2)  revenue without products
--   service_gross_margin      DECIMAL(28,2)  service revenue - its direct cost - labour cost
--   service_gross_margin_pct  DOUBLE         service gross margin / service revenue
--   managed_revenue           DECIMAL(28,2)  revenue of the class managed
--   managed_gross_margin      DECIMAL(28,2)  managed revenue - its direct cost - cost of the managed hours; empty
--                                            without any managed revenue
--   managed_gross_margin_pct  DOUBLE         managed gross margin / managed revenue
--   managed_hours             DOUBLE         hours neither project nor billable on top
--   effective_hourly_rate     DOUBLE         (managed revenue - its direct cost) / managed hours
--   suggested_revenue         DECIMAL(28,2)  revenue whose class is suggested and not confirmed
--   unclassified_revenue      DECIMAL(28,2)  revenue without a class
--   is_unbilled               BOOLEAN        hours and not one invoice line in the months; empty without any invoice
--   stated_direct_cost        DECIMAL(28,2)  direct cost; empty where no line of the client's in the months states any
--   earned_an_hour            DOUBLE         effective hourly rate; empty where no invoice says what the hours earned

with sums as (
    select client_key, sum(revenue) as revenue, sum(direct_cost) as direct_cost, sum(labour_hours) as labour_hours,
        sum(labour_cost) as labour_cost, sum(assumed_rate_hours) as assumed_rate_hours,
        sum(gross_margin) as gross_margin, sum(service_revenue) as service_revenue,
        sum(service_gross_margin) as service_margin, sum(managed_revenue) as managed_revenue,
        sum(managed_cost) as managed_cost, sum(managed_gross_margin) as managed_margin,
        sum(managed_hours) as managed_hours, sum(suggested_revenue) as suggested_revenue,
        sum(unclassified_revenue) as unclassified_revenue, not bool_or(is_billed) as is_unbilled
    from metrics.client_months
    where month_start between $month_from and $month_to and is_counted
    group by client_key
)

select sums.client_key, clients.client, tiers.service_tier, cast(revenue as decimal(28, 2)) as revenue,
    cast(stated_cost(direct_cost, span.has_direct_cost) as decimal(28, 2)) as direct_cost,
    cast(labour_hours as double) as labour_hours, cast(labour_cost as decimal(28, 2)) as labour_cost,
    cast(assumed_rate_hours as double) as assumed_rate_hours, cast(gross_margin as decimal(28, 2)) as gross_margin,
    gross_margin_pct(gross_margin, revenue) as gross_margin_pct,
    cast(service_revenue as decimal(28, 2)) as service_revenue,
    cast(service_margin as decimal(28, 2)) as service_gross_margin,
    service_gross_margin_pct(service_margin, service_revenue) as service_gross_margin_pct,
    cast(managed_revenue as decimal(28, 2)) as managed_revenue,
    cast(case when managed_revenue > 0 then managed_margin end as decimal(28, 2)) as managed_gross_margin,
    managed_gross_margin_pct(managed_margin, managed_revenue) as managed_gross_margin_pct,
    cast(managed_hours as double) as managed_hours,
    effective_hourly_rate(managed_revenue, managed_cost, managed_hours) as effective_hourly_rate,
    cast(suggested_revenue as decimal(28, 2)) as suggested_revenue,
    cast(unclassified_revenue as decimal(28, 2)) as unclassified_revenue, is_unbilled,
    cast(case when costs.states then direct_cost end as decimal(28, 2)) as stated_direct_cost,
    case when not is_unbilled then effective_hourly_rate end as earned_an_hour
from sums
inner join core.dim_clients as clients using (client_key)
inner join metrics.client_tiers($month_to) as tiers using (client_key)
left join (
    select client_key, bool_or(states_cost) as states
    from core.fct_revenue_monthly
    inner join core.covered_months using (month_start)
    where month_start between $month_from and $month_to
    group by client_key
) as costs using (client_key)
cross join core.data_span as span
order by sums.gross_margin asc nulls last, clients.client asc
