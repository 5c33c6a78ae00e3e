-- name: metrics.outcome_figure_sums
-- purpose: What all clients with recurring revenue in the last month would leave under outcome fees, as each page
--   counts it: from the fee of Hours or outcome to a whole year with nothing automated.
-- grain: one row
-- params: month_from DATE, month_to DATE, as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, outcomes
-- columns:
--   months           BIGINT          covered ones of the chosen months
--   modelled         BIGINT          clients with managed hours and an outcome fee
--   plain            DECIMAL(38,17)  what they would leave at the fee of Hours or outcome
--   own              DECIMAL(38,17)  the same at the fee of Models side by side
--   proposed         BIGINT          clients with an outcome fee, with managed hours or without
--   own_of_all       DECIMAL(38,17)  what they would leave
--   is_measured      BOOLEAN         whether the credits to expect of any client are known
--   net              DOUBLE          what they would leave after these
--   net_unautomated  DOUBLE          the same with nothing automated
--   whole_year       DOUBLE          that, of twelve months instead of those covered
--   kept_today       DOUBLE          the same with what those leave today whom the plan doesn't move

with plan as (
    select client_key, is_moved, cast(current_margin as double) as today from metrics.migration_plan($as_of)
),

asked as (
    select count(*) as months, share(12, count(*)) as yearly
    from core.covered_months
    where month_start between $month_from and $month_to
),

clients as (
    select models.labour, models.pays, coalesce(models.labour > 0, false) as has_hours,
        kept_of(assumption.automation_share) as kept,
        coalesce(terms.is_measured and terms.expected_credit_pct is not null, false) as is_measured,
        coalesce(terms.expected_credit_pct, 0) * cast(models.pays as decimal(28, 2)) as credits,
        provider_margin(plain.outcome, kept, models.labour, models.tools) as plain_margin,
        provider_margin(models.pays, kept, models.labour, models.tools) as own_margin,
        models.pays - models.labour - models.tools - credits as unautomated,
        if(not plan.is_moved, plan.today, null) as stays_at
    from metrics.pricing_model_terms($month_from, $month_to) as models
    inner join metrics.pricing_terms($month_from, $month_to) as plain using (client_key)
    inner join metrics.outcome_terms($month_from, $month_to) as terms using (client_key)
    left join plan using (client_key)
    cross join core.assumption as assumption
    where models.model = 'outcome'
),

sums as (
    select count(pays) filter (where has_hours) as modelled, sum(plain_margin) filter (where has_hours) as plain,
        sum(own_margin) filter (where has_hours) as own, count(pays) as proposed, sum(own_margin) as own_of_all,
        bool_or(is_measured) as is_measured, sum(cast(own_margin as decimal(28, 2)) - credits) as net,
        net - sum((1 - kept) * labour) as net_unautomated, coalesce(sum(stays_at), 0) as today_of_stays,
        coalesce(sum(unautomated) filter (where stays_at is not null), 0) as unautomated_of_stays
    from clients
)

select asked.months, sums.* exclude (today_of_stays, unautomated_of_stays),
    asked.yearly * sums.net_unautomated as whole_year,
    whole_year + sums.today_of_stays - asked.yearly * sums.unautomated_of_stays as kept_today
from sums
cross join asked
