-- name: metrics.pricing_regimes
-- purpose: What each client would pay, and what would be left of it, by the hour, per seat and for an outcome: all for
--   the same work, the managed hours and recurring lines of the covered ones of the chosen months.
-- grain: client_key, regime
-- params: month_from DATE, month_to DATE, automation_share DOUBLE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients
-- columns:
--   client_key                  VARCHAR        key of the client
--   client                      VARCHAR        the client
--   regime                      VARCHAR        hourly, per_seat or outcome
--   client_hours                DOUBLE         managed hours in the months, before automation
--   labour_cost                 DECIMAL(28,2)  their cost, before automation
--   direct_cost                 DECIMAL(28,2)  of the recurring lines; billed on at cost by the hour, else borne
--   active_months               BIGINT         months with revenue or client hours
--   current_pays                DECIMAL(28,2)  what the client pays today for it: its recurring revenue in the months
--   current_provider_margin     DECIMAL(28,2)  that less labour after automation and direct cost; empty without any
--   customer_pays               DECIMAL(28,2)  what the client would pay over the months
--   pays_change                 DECIMAL(28,2)  that less what it pays today
--   provider_margin             DECIMAL(28,2)  that less labour after automation and direct cost
--   provider_margin_pct         DOUBLE         that margin / what it pays
--   crossover_automation_share  DOUBLE         share above which this beats hours for the provider; empty for hourly
--   price_basis                 VARCHAR        bill rate, today's contract, seat price, fee set or target margin
--   left_out_because            VARCHAR        no hours, no invoice or no contract in the months; empty if it counts
--   is_known                    BOOLEAN        false where neither a contract nor a seat price says what a client pays

with terms as (
    select terms.*, kept_of(coalesce($automation_share, assumption.automation_share)) as kept
    from metrics.pricing_terms($month_from, $month_to) as terms
    cross join core.assumption as assumption
),

priced as (
    select terms.*, regimes.regime,
        case regimes.regime
            when 'hourly' then kept * billed + tools when 'per_seat' then per_seat else outcome
        end as pays,
        case regimes.regime when 'hourly' then 'bill rate' when 'per_seat' then seat_basis else outcome_basis end
            as price_basis
    from terms
    cross join (values ('hourly'), ('per_seat'), ('outcome')) as regimes (regime)
)

select client_key, client, regime, cast(hours as double) as client_hours, cast(labour as decimal(28, 2)) as labour_cost,
    cast(tools as decimal(28, 2)) as direct_cost, active_months,
    cast(today as decimal(28, 2)) as current_pays,
    cast(if(today > 0, provider_margin(today, kept, labour, tools), null) as decimal(28, 2)) as current_provider_margin,
    cast(pays as decimal(28, 2)) as customer_pays, cast(pays - today as decimal(28, 2)) as pays_change,
    cast(provider_margin(pays, kept, labour, tools) as decimal(28, 2)) as provider_margin,
    share(provider_margin(pays, kept, labour, tools), pays) as provider_margin_pct,
    case when regime != 'hourly' then crossover_automation_share(pays, tools, billed) end
        as crossover_automation_share,
    price_basis, left_out_because,
    price_basis != 'today''s contract' or coalesce(today > 0, false) as is_known
from priced
order by client asc, regime asc
