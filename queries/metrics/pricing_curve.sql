-- name: metrics.pricing_curve
-- purpose: What a client, or all that have hours and invoices, would pay and leave under each model as automation
--   takes over more hours.
-- grain: automation_share, regime
-- params: month_from DATE, month_to DATE, client_key VARCHAR
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients
-- columns:
--   automation_share  DOUBLE         share of today's hours that automation takes over
--   regime            VARCHAR        hourly, per_seat or outcome
--   customer_pays     DECIMAL(28,2)  what is paid over the months
--   provider_margin   DECIMAL(28,2)  what is paid less labour after automation and the direct cost borne
--   crossover         DOUBLE         automation share above which this beats hours for the provider; empty for hourly

with sums as (
    select client_key, cast(sum(labour_hours) as double) as hours, cast(sum(labour_cost) as double) as labour,
        cast(sum(service_cost + 0 * revenue) as double) as tools, cast(sum(recurring_revenue) as double) as recurring,
        coalesce(bool_or(is_billed), true) as is_billed
    from metrics.client_months
    where month_start between $month_from and $month_to and ($client_key is null or client_key = $client_key)
    group by client_key
    having sum(labour_hours) > 0 and ($client_key is not null or coalesce(bool_or(is_billed), true))
),

terms as (
    select sums.*, sums.hours * assumption.bill_rate as billed,
        coalesce(
            price_per_seat(
                coalesce(own.seat_price, assumption.seat_price), clients.users, months_in($month_from, $month_to)
            ),
            case when sums.is_billed then sums.recurring end
        ) as per_seat,
        coalesce(
            own.outcome_fee * months_in($month_from, $month_to),
            price_of_outcome(sums.labour, sums.tools, assumption.target_gross_margin)
        ) as outcome
    from sums
    inner join core.dim_clients as clients using (client_key)
    left join raw.client_terms as own using (client_key)
    cross join core.assumption as assumption
),

book as (
    select sum(labour) as labour, sum(tools) as tools, sum(billed) as billed, sum(per_seat) as per_seat,
        sum(outcome) as outcome
    from terms
    having count(*) > 0
),

priced as (
    select regimes.regime, book.*, steps.range / 20 as automation_share,
        case regimes.regime
            when 'hourly' then (1 - steps.range / 20) * book.billed when 'per_seat' then book.per_seat else book.outcome
        end as pays,
        case when regimes.regime = 'hourly' then 0 else book.tools end as borne
    from book
    cross join range(21) as steps
    cross join (values ('hourly'), ('per_seat'), ('outcome')) as regimes (regime)
)

select automation_share, regime, cast(pays as decimal(28, 2)) as customer_pays,
    cast(provider_margin(pays, 1 - automation_share, labour, borne) as decimal(28, 2)) as provider_margin,
    case when regime != 'hourly' then crossover_automation_share(pays, tools, billed) end as crossover
from priced
order by regime asc, automation_share asc
