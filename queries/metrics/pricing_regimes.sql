-- name: metrics.pricing_regimes
-- purpose: What each client would pay, and what would be left of it, by the hour, per seat and for an outcome, on the
--   hours of the chosen months.
-- grain: client_key, regime
-- params: month_from DATE, month_to DATE, automation_share DOUBLE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients
-- columns:
--   client_key                  VARCHAR        key of the client
--   client                      VARCHAR        the client
--   regime                      VARCHAR        hourly, per_seat or outcome
--   client_hours                DOUBLE         hours in the months, before automation
--   labour_cost                 DECIMAL(28,2)  their cost, before automation
--   direct_cost                 DECIMAL(28,2)  of lines other than product; borne per seat and for an outcome
--   customer_pays               DECIMAL(28,2)  what the client pays over the months
--   provider_margin             DECIMAL(28,2)  what it pays less labour after automation and the direct cost borne
--   provider_margin_pct         DOUBLE         that margin / what it pays
--   crossover_automation_share  DOUBLE         share above which this beats hours for the provider
--   price_basis                 VARCHAR        bill rate, recurring revenue, seat price, fee set, target margin
--   left_out_because            VARCHAR        no hours or no invoice in the months; empty if it counts in the book
--   is_known                    BOOLEAN        false where neither an invoice nor a seat price says what a client pays

with sums as (
    select client_key, cast(sum(labour_hours) as double) as hours, cast(sum(labour_cost) as double) as labour,
        cast(sum(service_cost + 0 * revenue) as double) as tools, cast(sum(recurring_revenue) as double) as recurring,
        case when coalesce(sum(labour_hours), 0) <= 0 then 'no hours' when not bool_or(is_billed) then 'no invoice' end
            as left_out_because
    from metrics.client_months
    where month_start between $month_from and $month_to
    group by client_key
),

terms as (
    select sums.*, clients.client, 1 - coalesce($automation_share, assumption.automation_share) as kept,
        sums.hours * assumption.bill_rate as billed,
        price_per_seat(
            coalesce(own.seat_price, assumption.seat_price), clients.users, months_in($month_from, $month_to)
        ) as seats,
        own.outcome_fee * months_in($month_from, $month_to) as fee,
        price_of_outcome(sums.labour, sums.tools, assumption.target_gross_margin) as target_fee
    from sums
    inner join core.dim_clients as clients using (client_key)
    left join raw.client_terms as own using (client_key)
    cross join core.assumption as assumption
),

priced as (
    select client_key, client, 'hourly' as regime, left_out_because, hours, labour, tools, kept, billed,
        kept * billed as pays, 0 as borne, 'bill rate' as price_basis
    from terms
    union all
    select client_key, client, 'per_seat' as regime, left_out_because, hours, labour, tools, kept, billed,
        coalesce(seats, recurring), tools as borne,
        case when seats is null then 'recurring revenue' else 'seat price' end
    from terms
    union all
    select client_key, client, 'outcome' as regime, left_out_because, hours, labour, tools, kept, billed,
        coalesce(fee, target_fee), tools as borne, case when fee is null then 'target margin' else 'fee set' end
    from terms
)

select client_key, client, regime, hours as client_hours, cast(labour as decimal(28, 2)) as labour_cost,
    cast(tools as decimal(28, 2)) as direct_cost, cast(pays as decimal(28, 2)) as customer_pays,
    cast(provider_margin(pays, kept, labour, borne) as decimal(28, 2)) as provider_margin,
    share(provider_margin(pays, kept, labour, borne), pays) as provider_margin_pct,
    case when regime != 'hourly' then crossover_automation_share(pays, tools, billed) end
        as crossover_automation_share,
    price_basis, left_out_because,
    not coalesce(left_out_because = 'no invoice' and price_basis = 'recurring revenue', false) as is_known
from priced
order by client asc, regime asc
