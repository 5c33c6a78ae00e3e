-- name: metrics.outcome_clients
-- purpose: The clients with recurring revenue in the last of the chosen months, with what their work costs and what
--   they pay; not yet rounded.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- uses: time_entries, technicians, clients, agreements
-- columns:
--   client_key           VARCHAR  key of the client
--   client               VARCHAR  the client
--   service_tier         VARCHAR  of the clients file, else the latest agreement, else (no tier)
--   users                DOUBLE   people served
--   endpoints            DOUBLE   devices served
--   started_on           DATE     starts_on, else the first month of revenue; empty where that is the data's first
--   last_month           DATE     the last covered one of the months
--   hourly_rate          DOUBLE   cost of an hour of its managed work; the assumption where it had none
--   annual_tools_cost    DOUBLE   direct cost of the recurring classes, for a year
--   annual_current_cost  DOUBLE   that and the cost of the managed hours, for a year
--   current_fee          DOUBLE   mean recurring revenue of the last three of the months, from its first bill on
--   ceiling_fee          DOUBLE   mean of the months that were billed, and what these swing, at least today's fee

with chosen as (
    select month_start, max(month_start) over () as last_month, row_number() over (order by month_start desc) as place,
        least(count(*) over (), 3) as recent,
        min(month_start) over (order by month_start desc rows between current row and 2 following) as two_before
    from core.covered_months
    where month_start between $month_from and $month_to
),

billed as (
    select months.*, chosen.last_month, cast(if(recurring_revenue > 0, recurring_revenue, null) as double) as fee
    from metrics.client_months as months
    inner join chosen using (month_start)
),

sums as (
    select client_key, any_value(last_month) as last_month, sum(managed_hours) as hours,
        sum(managed_labour_cost) as labour, sum(recurring_cost) as tools, count(fee) as fees,
        avg(fee order by month_start asc) + quantile_cont(fee, 0.8) - quantile_cont(fee, 0.5) as ceiling
    from billed
    group by client_key
    having bool_or(month_start = last_month and fee > 0)
),

recent as (
    -- all three months of a client that was there before them; of one that came later those since its first bill
    select recurring.client_key, share(sum(recurring.mrr), if(
            any_value(starts.first_month) <= max(chosen.two_before), any_value(chosen.recent), max(chosen.place)
        )) as fee
    from core.recurring_monthly as recurring
    inner join chosen on recurring.month_start = chosen.month_start and chosen.place <= 3
    inner join core.recurring_starts as starts using (client_key)
    group by recurring.client_key
)

select sums.client_key, margins.client, margins.service_tier, clients.users, clients.endpoints,
    coalesce(
        clients.starts_on,
        case
            when earned.first_revenue_month > (select min(first_revenue_month) from core.client_first_revenue)
                then earned.first_revenue_month
        end
    ) as started_on,
    sums.last_month, coalesce(share(sums.labour, sums.hours), assumption.loaded_hourly_cost) as hourly_rate,
    share(sums.tools * 12, sums.fees) as annual_tools_cost,
    share((sums.tools + sums.labour) * 12, sums.fees) as annual_current_cost,
    coalesce(recent.fee, 0) as current_fee, greatest(sums.ceiling, coalesce(recent.fee, 0)) as ceiling_fee
from sums
inner join metrics.client_margin($month_from, $month_to) as margins using (client_key)
inner join core.dim_clients as clients using (client_key)
left join core.client_first_revenue as earned using (client_key)
left join recent using (client_key)
cross join core.assumption as assumption
where coalesce(clients.ends_on > last_day(sums.last_month), true)
