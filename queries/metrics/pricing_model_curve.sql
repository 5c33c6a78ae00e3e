-- name: metrics.pricing_model_curve
-- purpose: What a client, or all with managed hours, would pay under each model as automation takes over more hours,
--   how much that swings from month to month, what is left, and who keeps what is saved.
-- grain: automation_percent, model
-- params: month_from DATE, month_to DATE, client_key VARCHAR
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, outcomes
-- columns:
--   automation_percent   INTEGER        share of today's hours that automation takes over, in whole per cent
--   place                INTEGER        where the model stands, from 1
--   model                VARCHAR        hourly, per_seat, per_device, per_ticket, fixed_fee, outcome, hybrid or
--                                       gain_share
--   clients              BIGINT         clients for whom the model's price is known
--   of_clients           BIGINT         clients that are compared
--   customer_pays        DECIMAL(28,2)  over the months, after automation; empty where no price is known
--   swing                DOUBLE         standard deviation of a month's payment / its mean, of the client in the middle
--   provider_margin      DECIMAL(28,2)  what is paid less the labour that is left and the direct cost
--   provider_margin_pct  DOUBLE         that margin / what is paid
--   saved_labour_cost    DECIMAL(28,2)  cost of the hours that automation takes over
--   customer_gain        DECIMAL(28,2)  what is paid less than without automation
--   provider_gain        DECIMAL(28,2)  what the provider keeps more than without it; both together are what is saved

with terms as (
    select models.*
    from metrics.pricing_model_terms($month_from, $month_to) as models
    where coalesce(models.client_key = $client_key, models.labour > 0)
),

sums as (
    select model, count(pays) as clients, count(*) as of_clients, sum(pays) as pays,
        sum(labour) filter (where pays is not null) as labour, sum(tools) filter (where pays is not null) as tools,
        sum(handed) filter (where pays is not null) as handed
    from terms
    group by model
),

automated as (
    select sums.*, steps.range as automation_percent, kept_of(steps.range / 100) as kept,
        pays - (1 - kept) * handed as pays_then, provider_margin(pays_then, kept, labour, tools) as margin,
        cast((1 - kept) * labour as decimal(28, 2)) as saved_labour_cost,
        cast(pays - pays_then as decimal(28, 2)) as customer_gain
    from sums
    cross join range(101) as steps
)

select cast(automated.automation_percent as integer) as automation_percent, models.place, automated.model, clients,
    of_clients, cast(pays_then as decimal(28, 2)) as customer_pays, swings.swing,
    cast(margin as decimal(28, 2)) as provider_margin, share(margin, pays_then) as provider_margin_pct,
    saved_labour_cost, customer_gain,
    cast(if(pays is null, null, saved_labour_cost - customer_gain) as decimal(28, 2)) as provider_gain
from automated
inner join (
    values (1, 'hourly'), (2, 'per_seat'), (3, 'per_device'), (4, 'per_ticket'), (5, 'fixed_fee'), (6, 'outcome'),
    (7, 'hybrid'), (8, 'gain_share')
) as models (place, model) on automated.model = models.model
left join metrics.pricing_model_swings($month_from, $month_to, $client_key) as swings
    on automated.automation_percent = swings.automation_percent and automated.model = swings.model
order by automated.automation_percent asc, models.place asc
