-- name: metrics.pricing_models
-- purpose: What each client would pay under each model, what is left for the provider, and who keeps what automation
--   saves: together always the labour that it takes over.
-- grain: client_key, model
-- params: month_from DATE, month_to DATE, automation_share DOUBLE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, outcomes
-- columns:
--   client_key           VARCHAR        key of the client
--   client               VARCHAR        the client
--   model                VARCHAR        hourly, per_seat, per_device, per_ticket, fixed_fee, outcome, hybrid or
--                                       gain_share
--   customer_pays        DECIMAL(28,2)  over the months, after automation; empty where the model's price isn't known
--   provider_margin      DECIMAL(28,2)  that less the labour that is left and the direct cost
--   provider_margin_pct  DOUBLE         that margin / what is paid
--   saved_labour_cost    DECIMAL(28,2)  cost of the hours that automation takes over
--   customer_gain        DECIMAL(28,2)  what the client pays less than without automation
--   provider_gain        DECIMAL(28,2)  what the provider keeps more than without it; both together are what is saved

with automated as (
    select models.*, kept_of(coalesce($automation_share, assumption.automation_share)) as kept,
        models.pays - (1 - kept) * models.handed as pays_then
    from metrics.pricing_model_terms($month_from, $month_to) as models
    cross join core.assumption as assumption
),

rounded as (
    select *, provider_margin(pays_then, kept, labour, tools) as margin,
        cast((1 - kept) * labour as decimal(28, 2)) as saved_labour_cost,
        cast(pays - pays_then as decimal(28, 2)) as customer_gain
    from automated
)

select client_key, client, model, cast(pays_then as decimal(28, 2)) as customer_pays,
    cast(margin as decimal(28, 2)) as provider_margin, share(margin, pays_then) as provider_margin_pct,
    saved_labour_cost, customer_gain,
    cast(if(pays is null, null, saved_labour_cost - customer_gain) as decimal(28, 2)) as provider_gain
from rounded
order by client asc, model asc
