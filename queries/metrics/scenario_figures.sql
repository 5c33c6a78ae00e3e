-- name: metrics.scenario_figures
-- purpose: What a proposal comes to over the chosen months under assumptions and contract terms as they stand: what
--   clients pay, what is left, credits and risk. Of several proposals each is asked with its own.
-- grain: one row
-- params: month_from DATE, month_to DATE, model VARCHAR, client_key VARCHAR
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, tickets, outcomes
-- columns:
--   clients              BIGINT         clients that the model can be priced for
--   unpriced             BIGINT         those with recurring revenue for whom it can't
--   customer_pays        DECIMAL(28,2)  over the months, after automation
--   provider_margin      DECIMAL(28,2)  that less the labour that is left and the direct cost
--   measured             BIGINT         those of whom credits are known: of all where the fee is no outcome's
--   expected_credits     DECIMAL(28,2)  what these get back of an outcome fee, or of that part of a hybrid one
--   margin_left          DECIMAL(28,2)  margin less the credits that are known
--   margin_left_pct      DOUBLE         that, of what is paid
--   customer_gain        DECIMAL(28,2)  what clients pay less than without automation
--   provider_gain        DECIMAL(28,2)  what the provider keeps more than without it
--   risk_load            DECIMAL(28,2)  cost of the hours of a bad year beyond the expected ones, each client alone
--   ready                BIGINT         clients whose outcome price may be named
--   fix_first            BIGINT         clients to fix first
--   current_pays         DECIMAL(28,2)  recurring revenue of the clients with a price, over the months
--   verdict              VARCHAR        of the one client asked for; empty for several

with terms as (
    select *
    from metrics.outcome_terms($month_from, $month_to)
    where client_key = coalesce($client_key, client_key)
),

models as (
    select client_key, customer_pays, provider_margin, customer_gain, provider_gain,
        max(if(model = 'outcome', customer_pays, null)) over (partition by client_key) as outcome_pays, model
    from metrics.pricing_models($month_from, $month_to, null)
),

proposed as (
    select terms.verdict, paid.today, models.*,
        case
            when models.customer_pays is null then null
            when $model not in ('outcome', 'hybrid') then 0
            when not terms.is_measured then null
            when $model = 'outcome' then terms.expected_credit_pct * models.customer_pays
            else terms.expected_credit_pct * assumption.hybrid_share * models.outcome_pays
        end as credits,
        models.provider_margin - coalesce(credits, 0) as margin_left,
        -- by the hour the client bears the bad year
        if($model = 'hourly', 0, terms.risk_load) as risk_load
    from terms
    left join models on terms.client_key = models.client_key and models.model = $model
    left join metrics.pricing_terms($month_from, $month_to) as paid on terms.client_key = paid.client_key
    cross join core.assumption as assumption
)

select count(customer_pays) as clients, count(*) - count(customer_pays) as unpriced,
    cast(sum(customer_pays) as decimal(28, 2)) as customer_pays,
    cast(sum(provider_margin) as decimal(28, 2)) as provider_margin,
    count(credits) as measured, cast(sum(credits) as decimal(28, 2)) as expected_credits,
    cast(sum(proposed.margin_left) as decimal(28, 2)) as margin_left,
    share(sum(proposed.margin_left), sum(customer_pays)) as margin_left_pct,
    cast(sum(customer_gain) as decimal(28, 2)) as customer_gain,
    cast(sum(provider_gain) as decimal(28, 2)) as provider_gain,
    cast(sum(risk_load) filter (where customer_pays is not null) as decimal(28, 2)) as risk_load,
    count(*) filter (where verdict = 'ready') as ready, count(*) filter (where verdict = 'fix_first') as fix_first,
    cast(sum(today) filter (where customer_pays is not null) as decimal(28, 2)) as current_pays,
    if(count(*) = 1, any_value(verdict), null) as verdict
from proposed
