-- name: metrics.pricing_model_terms
-- purpose: What each client would pay over the chosen months under each model before automation, and what of it falls
--   with the labour that automation saves; not yet rounded.
-- grain: client_key, model
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, outcomes
-- columns:
--   client_key  VARCHAR        key of the client
--   client      VARCHAR        the client
--   model       VARCHAR        hourly, per_seat, per_device, per_ticket, fixed_fee, outcome, hybrid or gain_share
--   labour      DECIMAL(38,8)  cost of the managed hours
--   tools       DECIMAL(38,4)  direct cost of the recurring classes
--   pays        DECIMAL(38,8)  what the client pays before automation; empty where the model's price isn't known
--   handed      DECIMAL(38,8)  what it no longer pays where all labour is saved: by the hour the hours, of a gain share
--                              the share of their cost, else nothing

with clients as (
    select terms.*, outcome.endpoints, outcome.target_fee, tickets.tickets, fixed.fixed_fee,
        sum(terms.labour + terms.tools) over () as book_cost, sum(tickets.tickets) over () as book_tickets
    from metrics.outcome_terms($month_from, $month_to) as outcome
    inner join metrics.pricing_terms($month_from, $month_to) as terms using (client_key)
    left join metrics.opened_tickets($month_from, $month_to) as tickets using (client_key)
    left join metrics.fixed_fees($month_from, $month_to) as fixed using (client_key)
),

priced as (
    select clients.*, assumption.hybrid_share, cast(assumption.gain_share as decimal(18, 9)) as gain_share,
        cast(assumption.device_price * clients.endpoints * clients.active_months as decimal(38, 8)) as per_device,
        coalesce(
            assumption.ticket_price,
            share(price_of_outcome(clients.book_cost, 0, assumption.target_gross_margin), clients.book_tickets)
        ) * if(clients.book_tickets > 0, coalesce(clients.tickets, 0), null) as per_ticket,
        cast(
            if(clients.outcome_basis = 'fee set', clients.outcome,
                coalesce(clients.target_fee * clients.active_months, clients.outcome))
            as decimal(38, 8)
        ) as for_outcome
    from clients
    cross join core.assumption as assumption
)

select priced.client_key, priced.client, models.model, priced.labour, priced.tools,
    cast(
        case models.model
            when 'hourly' then priced.billed + priced.tools
            when 'per_seat' then priced.per_seat
            when 'per_device' then priced.per_device
            when 'per_ticket' then priced.per_ticket
            when 'outcome' then priced.for_outcome
            when 'hybrid'
                then (1 - priced.hybrid_share) * priced.fixed_fee + priced.hybrid_share * priced.for_outcome
            else priced.fixed_fee
        end as decimal(38, 8)
    ) as pays,
    cast(
        case models.model
            when 'hourly' then priced.billed when 'gain_share' then priced.gain_share * priced.labour else 0
        end as decimal(38, 8)
    ) as handed
from priced
cross join (
    values ('hourly'), ('per_seat'), ('per_device'), ('per_ticket'), ('fixed_fee'), ('outcome'), ('hybrid'),
    ('gain_share')
) as models (model)
