-- name: metrics.pricing_side_by_side
-- purpose: What each client pays and leaves today and would under the three models, first where an outcome fee loses
--   most against hours.
-- grain: client_key
-- params: month_from DATE, month_to DATE, automation_share DOUBLE, client_key VARCHAR
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients
-- columns:
--   client_key                          VARCHAR        key of the client
--   client                              VARCHAR        the client
--   current_pays                        DECIMAL(28,2)  what the client pays today: its recurring revenue
--   pays_change_hourly                  DECIMAL(28,2)  what it would pay more by the hour
--   pays_change_per_seat                DECIMAL(28,2)  what it would pay more per seat; 0 is today's contract
--   pays_change_outcome                 DECIMAL(28,2)  what it would pay more for an outcome
--   current_provider_margin             DECIMAL(28,2)  what today's contract leaves, after automation
--   provider_margin_hourly              DECIMAL(28,2)  what is left by the hour
--   provider_margin_per_seat            DECIMAL(28,2)  what is left per seat
--   provider_margin_outcome             DECIMAL(28,2)  what is left of an outcome fee
--   outcome_gain                        DECIMAL(28,2)  margin under an outcome fee less margin by the hour
--   crossover_automation_share_outcome  DOUBLE         share of hours automated from which an outcome fee beats hours

with beside as (
    select client_key, client, any_value(current_pays) as current_pays,
        max(pays_change) filter (where regime = 'hourly') as pays_change_hourly,
        max(pays_change) filter (where regime = 'per_seat' and is_known) as pays_change_per_seat,
        max(pays_change) filter (where regime = 'outcome') as pays_change_outcome,
        any_value(current_provider_margin) as current_provider_margin,
        max(provider_margin) filter (where regime = 'hourly') as provider_margin_hourly,
        max(provider_margin) filter (where regime = 'per_seat' and is_known) as provider_margin_per_seat,
        max(provider_margin) filter (where regime = 'outcome') as provider_margin_outcome,
        max(crossover_automation_share) filter (where regime = 'outcome') as crossover_automation_share_outcome
    from metrics.pricing_regimes($month_from, $month_to, $automation_share)
    where coalesce(client_key = $client_key and client_hours > 0, left_out_because is null)
    group by client_key, client
)

select client_key, client, current_pays, pays_change_hourly, pays_change_per_seat, pays_change_outcome,
    current_provider_margin, provider_margin_hourly, provider_margin_per_seat, provider_margin_outcome,
    cast(provider_margin_outcome - provider_margin_hourly as decimal(28, 2)) as outcome_gain,
    crossover_automation_share_outcome
from beside
order by outcome_gain asc nulls last, client asc
