-- name: metrics.pricing_summary
-- purpose: The answer to "hours or outcome" over the covered ones of the chosen months: today's contract and each
--   model, of one client or of all that can be compared: the sums are theirs.
-- grain: one row
-- params: month_from DATE, month_to DATE, automation_share DOUBLE, client_key VARCHAR
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients
-- columns:
--   clients                   BIGINT         clients with managed hours and recurring revenue, or the one
--   better_under_outcome      BIGINT         of them those that leave more under an outcome fee than by the hour
--   worse_under_outcome       BIGINT         of them those that leave less
--   median_crossover          DOUBLE         median of the clients' crossovers under an outcome fee
--   client_hours              DOUBLE         managed hours in the months, before automation
--   labour_cost               DECIMAL(28,2)  their cost, before automation
--   current_pays              DECIMAL(28,2)  what they pay today: the recurring revenue in the months
--   current_provider_margin   DECIMAL(28,2)  what today's contract leaves, after automation; empty without a contract
--   margin_unautomated        DECIMAL(28,2)  the same with nothing automated: as the hours are worked now
--   hourly_customer_pays      DECIMAL(28,2)  what they would pay by the hour, tools billed on
--   per_seat_customer_pays    DECIMAL(28,2)  what they pay per seat
--   outcome_customer_pays     DECIMAL(28,2)  what they pay for outcomes
--   hourly_change             DECIMAL(28,2)  hourly pays less what is paid today
--   per_seat_change           DECIMAL(28,2)  per seat pays less what is paid today
--   outcome_change            DECIMAL(28,2)  outcome pays less what is paid today
--   hourly_change_pct         DOUBLE         hourly change / what is paid today
--   outcome_change_pct        DOUBLE         outcome change / what is paid today
--   hourly_provider_margin    DECIMAL(28,2)  what hours leave the provider
--   per_seat_provider_margin  DECIMAL(28,2)  what seats leave
--   outcome_provider_margin   DECIMAL(28,2)  what outcomes leave
--   outcome_gain              DECIMAL(28,2)  outcome margin - hourly margin
--   fees_set                  BIGINT         clients with an outcome fee that a user set
--   seats_priced              BIGINT         clients with a seat price; the others pay today's contract per seat
--   months_asked              BIGINT         the chosen months
--   months_covered            BIGINT         of them the covered ones, which all this counts
--   assumed_share             DOUBLE         share of the clients' hours that are costed at the assumption

with terms as (
    select terms.*, kept_of(coalesce($automation_share, assumption.automation_share)) as kept
    from metrics.pricing_terms($month_from, $month_to) as terms
    cross join core.assumption as assumption
    -- what stands in no model can't be compared
    where coalesce(terms.client_key = $client_key and terms.hours > 0, terms.left_out_because is null)
),

margins as (
    select *, kept * billed + tools as hourly, if(today > 0, today, null) as contract,
        provider_margin(kept * billed + tools, kept, labour, tools) as hourly_margin,
        provider_margin(outcome, kept, labour, tools) as outcome_margin,
        crossover_automation_share(outcome, tools, billed) as crossover
    from terms
)

select count(*) as clients, count(*) filter (where outcome_margin > hourly_margin) as better_under_outcome,
    count(*) filter (where outcome_margin < hourly_margin) as worse_under_outcome,
    quantile_cont(crossover, 0.5) as median_crossover, cast(sum(hours) as double) as client_hours,
    cast(sum(labour) as decimal(28, 2)) as labour_cost, cast(sum(today) as decimal(28, 2)) as current_pays,
    cast(sum(provider_margin(contract, kept, labour, tools)) as decimal(28, 2)) as current_provider_margin,
    cast(sum(provider_margin(contract, 1, labour, tools)) as decimal(28, 2)) as margin_unautomated,
    cast(sum(hourly) as decimal(28, 2)) as hourly_customer_pays,
    cast(sum(seats) as decimal(28, 2)) as per_seat_customer_pays,
    cast(sum(outcome) as decimal(28, 2)) as outcome_customer_pays,
    cast(sum(hourly) - sum(today) as decimal(28, 2)) as hourly_change,
    cast(sum(seats) - sum(today) as decimal(28, 2)) as per_seat_change,
    cast(sum(outcome) - sum(today) as decimal(28, 2)) as outcome_change,
    fee_rise(sum(hourly), sum(today)) as hourly_change_pct,
    fee_rise(sum(outcome), sum(today)) as outcome_change_pct,
    cast(sum(hourly_margin) as decimal(28, 2)) as hourly_provider_margin,
    cast(sum(provider_margin(seats, kept, labour, tools)) as decimal(28, 2)) as per_seat_provider_margin,
    cast(sum(outcome_margin) as decimal(28, 2)) as outcome_provider_margin,
    cast(sum(outcome_margin) - sum(hourly_margin) as decimal(28, 2)) as outcome_gain,
    count(*) filter (where outcome_basis = 'fee set') as fees_set,
    count(*) filter (where seat_basis = 'seat price') as seats_priced,
    months_in($month_from, $month_to) as months_asked,
    (select count(*) from core.covered_months where month_start between $month_from and $month_to) as months_covered,
    share(sum(assumed_rate_hours), sum(labour_hours)) as assumed_share
from margins
