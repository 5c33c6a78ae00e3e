-- name: metrics.margin_by_client
-- purpose: What makes each client's margin over the covered ones of the chosen months, not rounded, so that it can be
--   reckoned again: revenue, direct cost and labour in all, of services and of managed work.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements
-- columns:
--   client_key             VARCHAR  key of the client
--   client                 VARCHAR  the client
--   service_tier           VARCHAR  its tier at the end
--   revenue                DOUBLE   all revenue
--   direct_cost            DOUBLE   tools and resale; this and the two below empty where no line of the client's
--                                   says what they cost
--   labour_hours           DOUBLE   hours that aren't internal
--   labour_cost            DOUBLE   what they cost
--   service_revenue        DOUBLE   revenue without products
--   service_cost           DOUBLE   its direct cost
--   managed_revenue        DOUBLE   managed services
--   managed_cost           DOUBLE   their direct cost
--   managed_hours          DOUBLE   hours that are neither project nor billable on top; empty without managed revenue
--   managed_labour_cost    DOUBLE   what they cost
--   effective_hourly_rate  DOUBLE   managed revenue less its cost / managed hours; empty without managed revenue

with summed as (
    select client_key, sum(revenue) as revenue, sum(direct_cost) as direct_cost, sum(labour_hours) as labour_hours,
        sum(labour_cost) as labour_cost, sum(service_revenue) as service_revenue, sum(service_cost) as service_cost,
        sum(managed_revenue) as managed_revenue, sum(managed_cost) as managed_cost,
        sum(managed_hours) as managed_hours, sum(managed_labour_cost) as managed_labour_cost
    from metrics.client_months
    where is_counted and month_start between $month_from and $month_to
    group by client_key
),

stated as (
    select client_key, bool_or(states_cost) as any_cost,
        bool_or(states_cost) filter (where revenue_class != 'product') as service_cost,
        bool_or(states_cost) filter (where revenue_class = 'managed') as managed_cost
    from core.fct_revenue_monthly
    inner join core.covered_months using (month_start)
    where not is_internal and month_start between $month_from and $month_to
    group by client_key
)

select summed.client_key, named.client, coalesce(tiers.service_tier, '(no tier)') as service_tier,
    cast(summed.revenue as double) as revenue,
    cast(stated_cost(summed.direct_cost, stated.any_cost) as double) as direct_cost,
    cast(summed.labour_hours as double) as labour_hours, cast(summed.labour_cost as double) as labour_cost,
    cast(summed.service_revenue as double) as service_revenue,
    cast(stated_cost(summed.service_cost, stated.service_cost) as double) as service_cost,
    cast(summed.managed_revenue as double) as managed_revenue,
    cast(stated_cost(summed.managed_cost, stated.managed_cost) as double) as managed_cost,
    cast(case when summed.managed_revenue > 0 then summed.managed_hours end as double) as managed_hours,
    cast(case when summed.managed_revenue > 0 then summed.managed_labour_cost end as double) as managed_labour_cost,
    effective_hourly_rate(summed.managed_revenue, summed.managed_cost, summed.managed_hours)
        as effective_hourly_rate
from summed
inner join core.dim_clients as named using (client_key)
left join metrics.client_tiers($month_to) as tiers using (client_key)
left join stated using (client_key)
order by summed.revenue - summed.direct_cost - summed.labour_cost asc nulls last, named.client asc
