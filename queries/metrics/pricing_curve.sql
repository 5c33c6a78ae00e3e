-- name: metrics.pricing_curve
-- purpose: What a client, or all that can be compared, would pay and leave under today's contract and each model as
--   automation takes over more hours.
-- grain: automation_share, regime
-- params: month_from DATE, month_to DATE, client_key VARCHAR
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients
-- columns:
--   automation_share  DOUBLE         share of today's hours that automation takes over
--   regime            VARCHAR        today (today's contract), hourly, per_seat or outcome
--   customer_pays     DECIMAL(28,2)  what is paid over the months
--   provider_margin   DECIMAL(28,2)  what is paid less labour after automation and direct cost; empty without any
--   crossover         DOUBLE         automation share above which this beats hours for the provider; empty for hourly

with book as (
    select sum(labour) as labour, sum(tools) as tools, sum(billed) as billed, sum(today) as today,
        sum(seats) as seats, sum(outcome) as outcome
    from metrics.pricing_terms($month_from, $month_to)
    where coalesce(client_key = $client_key and hours > 0, left_out_because is null)
    having count(*) > 0
),

priced as (
    select regimes.regime, book.*, steps.range / 20 as automation_share, kept_of(steps.range / 20) as kept,
        case regimes.regime
            when 'today' then book.today
            when 'hourly' then kept * book.billed + book.tools
            when 'per_seat' then book.seats
            else book.outcome
        end as pays
    from book
    cross join range(21) as steps
    cross join (values ('today'), ('hourly'), ('per_seat'), ('outcome')) as regimes (regime)
)

select automation_share, regime, cast(pays as decimal(28, 2)) as customer_pays,
    cast(
        provider_margin(if(regime = 'today' and pays <= 0, null, pays), kept, labour, tools) as decimal(28, 2)
    ) as provider_margin,
    case when regime != 'hourly' then crossover_automation_share(pays, tools, billed) end as crossover
from priced
order by regime asc, automation_share asc
