-- name: metrics.pricing_side_by_side
-- purpose: What each client would leave and pay under the three models beside each other, first where an outcome fee
--   loses most against hours.
-- grain: client_key
-- params: month_from DATE, month_to DATE, automation_share DOUBLE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients
-- columns:
--   client_key                          VARCHAR        key of the client
--   client                              VARCHAR        the client
--   outcome_gain                        DECIMAL(28,2)  margin under an outcome fee less margin by the hour
--   provider_margin_hourly              DECIMAL(28,2)  what is left by the hour
--   provider_margin_per_seat            DECIMAL(28,2)  what is left per seat
--   provider_margin_outcome             DECIMAL(28,2)  what is left of an outcome fee
--   customer_pays_hourly                DECIMAL(28,2)  what the client pays by the hour
--   customer_pays_per_seat              DECIMAL(28,2)  what it pays per seat
--   customer_pays_outcome               DECIMAL(28,2)  what it pays for an outcome
--   crossover_automation_share_outcome  DOUBLE         share of hours automated from which an outcome fee beats hours

with beside as (
    select client_key, client,
        max(provider_margin) filter (where regime = 'hourly') as provider_margin_hourly,
        max(provider_margin) filter (where regime = 'per_seat') as provider_margin_per_seat,
        max(provider_margin) filter (where regime = 'outcome') as provider_margin_outcome,
        max(customer_pays) filter (where regime = 'hourly') as customer_pays_hourly,
        max(customer_pays) filter (where regime = 'per_seat') as customer_pays_per_seat,
        max(customer_pays) filter (where regime = 'outcome') as customer_pays_outcome,
        max(crossover_automation_share) filter (where regime = 'outcome') as crossover_automation_share_outcome
    from metrics.pricing_regimes($month_from, $month_to, $automation_share)
    where left_out_because is null
    group by client_key, client
)

select client_key, client, cast(provider_margin_outcome - provider_margin_hourly as decimal(28, 2)) as outcome_gain,
    * exclude (client_key, client)
from beside
order by outcome_gain asc nulls last, client asc
