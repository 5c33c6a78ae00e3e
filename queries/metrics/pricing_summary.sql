-- name: metrics.pricing_summary
-- purpose: The answer to "hours or outcome" over the chosen months: the whole book under each model.
-- grain: one row
-- params: month_from DATE, month_to DATE, automation_share DOUBLE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients
-- columns:
--   clients                   BIGINT         clients that had hours and invoices: all sums are theirs
--   better_under_outcome      BIGINT         of them those that leave more under an outcome fee than by the hour
--   worse_under_outcome       BIGINT         of them those that leave less
--   median_crossover          DOUBLE         median of the clients' crossovers under an outcome fee
--   client_hours              DOUBLE         hours in the months, before automation
--   labour_cost               DECIMAL(28,2)  their cost, before automation
--   hourly_customer_pays      DECIMAL(28,2)  what the book pays by the hour
--   per_seat_customer_pays    DECIMAL(28,2)  what it pays per seat
--   outcome_customer_pays     DECIMAL(28,2)  what it pays for outcomes
--   hourly_provider_margin    DECIMAL(28,2)  what hours leave the provider
--   per_seat_provider_margin  DECIMAL(28,2)  what seats leave
--   outcome_provider_margin   DECIMAL(28,2)  what outcomes leave
--   outcome_gain              DECIMAL(28,2)  outcome margin - hourly margin
--   fees_set                  BIGINT         clients with an outcome fee that a user set

with sums as (
    select client_key, cast(sum(labour_hours) as double) as hours, cast(sum(labour_cost) as double) as labour,
        cast(sum(service_cost + 0 * revenue) as double) as tools, cast(sum(recurring_revenue) as double) as recurring
    from metrics.client_months
    where month_start between $month_from and $month_to
    group by client_key
    -- what stands in no model can't be compared: without hours or without any invoice a client is left out
    having sum(labour_hours) > 0 and coalesce(bool_or(is_billed), true)
),

terms as (
    select sums.*, 1 - coalesce($automation_share, assumption.automation_share) as kept,
        sums.hours * assumption.bill_rate as billed, own.outcome_fee is not null as is_fee_set,
        coalesce(
            price_per_seat(
                coalesce(own.seat_price, assumption.seat_price), clients.users, months_in($month_from, $month_to)
            ),
            sums.recurring
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

margins as (
    select *, kept * billed as hourly, provider_margin(kept * billed, kept, labour, 0) as hourly_margin,
        provider_margin(per_seat, kept, labour, tools) as per_seat_margin,
        provider_margin(outcome, kept, labour, tools) as outcome_margin,
        crossover_automation_share(outcome, tools, billed) as crossover
    from terms
)

select count(*) as clients,
    count(*) filter (where outcome_margin > hourly_margin) as better_under_outcome,
    count(*) filter (where outcome_margin < hourly_margin) as worse_under_outcome,
    quantile_cont(crossover, 0.5) as median_crossover, sum(hours) as client_hours,
    cast(sum(labour) as decimal(28, 2)) as labour_cost, cast(sum(hourly) as decimal(28, 2)) as hourly_customer_pays,
    cast(sum(per_seat) as decimal(28, 2)) as per_seat_customer_pays,
    cast(sum(outcome) as decimal(28, 2)) as outcome_customer_pays,
    cast(sum(hourly_margin) as decimal(28, 2)) as hourly_provider_margin,
    cast(sum(per_seat_margin) as decimal(28, 2)) as per_seat_provider_margin,
    cast(sum(outcome_margin) as decimal(28, 2)) as outcome_provider_margin,
    cast(sum(outcome_margin) - sum(hourly_margin) as decimal(28, 2)) as outcome_gain,
    count(*) filter (where is_fee_set) as fees_set
from margins
