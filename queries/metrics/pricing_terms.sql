-- name: metrics.pricing_terms
-- purpose: What each client's managed work took and brings over the covered ones of the chosen months, and its prices
--   per seat and for an outcome; exact, so that a cent hangs on no order of rows.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients
-- columns:
--   client_key          VARCHAR        key of the client
--   client              VARCHAR        the client
--   hours               DECIMAL(38,9)  managed hours: neither project nor billable on top
--   labour              DECIMAL(38,8)  their cost
--   tools               DECIMAL(38,4)  direct cost of the classes managed and other_recurring
--   recurring           DECIMAL(38,4)  revenue of these classes
--   today               DECIMAL(38,4)  the same as what the client pays today; empty where it has no invoice
--   active_months       BIGINT         months with revenue or client hours
--   billed              DECIMAL(38,8)  hours x bill rate
--   per_seat            DECIMAL(38,8)  seat price x users x active months, else today's contract
--   seats               DECIMAL(38,8)  the same; empty where neither a contract nor a seat price says it
--   outcome             DECIMAL(38,8)  outcome fee x active months, else cost and tools at the target margin
--   labour_hours        DECIMAL(38,9)  all hours that aren't internal
--   assumed_rate_hours  DECIMAL(38,9)  of them costed at the assumption
--   seat_basis          VARCHAR        seat price or today's contract
--   outcome_basis       VARCHAR        fee set or target margin
--   left_out_because    VARCHAR        no hours, no invoice or no contract in the months; empty if it can be compared

with priced as (
    select sums.*, clients.client, price_by_the_hour(sums.hours, assumption.bill_rate) as billed,
        price_per_seat(coalesce(own.seat_price, assumption.seat_price), clients.users, sums.active_months) as seats,
        own.outcome_fee * sums.active_months as fee, if(sums.is_billed, sums.recurring, null) as today,
        price_of_outcome(sums.labour, sums.tools, assumption.target_gross_margin) as target_fee
    from metrics.recurring_scope($month_from, $month_to) as sums
    inner join core.dim_clients as clients using (client_key)
    left join raw.client_terms as own using (client_key)
    cross join core.assumption as assumption
)

select client_key, client, cast(hours as decimal(38, 9)) as hours, cast(labour as decimal(38, 8)) as labour,
    cast(tools as decimal(38, 4)) as tools, cast(recurring as decimal(38, 4)) as recurring,
    cast(today as decimal(38, 4)) as today, active_months, cast(billed as decimal(38, 8)) as billed,
    cast(coalesce(seats, recurring) as decimal(38, 8)) as per_seat,
    cast(coalesce(seats, if(today > 0, today, null)) as decimal(38, 8)) as seats,
    cast(coalesce(fee, target_fee) as decimal(38, 8)) as outcome,
    cast(labour_hours as decimal(38, 9)) as labour_hours,
    cast(assumed_rate_hours as decimal(38, 9)) as assumed_rate_hours,
    if(seats is null, 'today''s contract', 'seat price') as seat_basis,
    if(fee is null, 'target margin', 'fee set') as outcome_basis,
    case
        when coalesce(hours, 0) <= 0 then 'no hours'
        when not is_billed then 'no invoice'
        when recurring <= 0 then 'no contract'
    end as left_out_because
from priced
