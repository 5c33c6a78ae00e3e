-- name: metrics.outcome_figures
-- purpose: Why four pages say four margins of one book under outcome fees: from Hours or outcome by way of Models side
--   by side and Scenarios to Migration, with what each does otherwise, in money; at the assumed share of automation.
-- grain: place
-- params: month_from DATE, month_to DATE, as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, outcomes
-- columns:
--   place             INTEGER        from 1: the pages' figures with the steps between them
--   name              VARCHAR        the page whose figure it is, or what the next one does otherwise
--   is_total          BOOLEAN        whether it is a page's figure
--   clients           BIGINT         clients whom that figure counts; empty for a step
--   automation_share  DOUBLE         share of the hours that it takes as automated; empty for a step
--   amount            DECIMAL(28,2)  margin under outcome fees, or what the step adds to it

with plan as (
    select client_key, is_moved, cast(current_margin as double) as current_margin,
        cast(current_margin + if(is_moved, gain, 0) as double) as planned_margin
    from metrics.migration_plan($as_of)
),

clients as (
    select models.client_key, models.labour, models.pays, coalesce(models.labour > 0, false) as has_hours,
        kept_of(assumption.automation_share) as kept,
        coalesce(terms.expected_credit_pct, 0) * cast(models.pays as decimal(28, 2)) as credits,
        provider_margin(plain.outcome, kept, models.labour, models.tools) as plain_margin,
        provider_margin(models.pays, kept, models.labour, models.tools) as own_margin,
        models.pays - models.labour - models.tools - credits as unautomated
    from metrics.pricing_model_terms($month_from, $month_to) as models
    inner join metrics.pricing_terms($month_from, $month_to) as plain using (client_key)
    inner join metrics.outcome_terms($month_from, $month_to) as terms using (client_key)
    cross join core.assumption as assumption
    where models.model = 'outcome'
),

sums as (
    select count(pays) filter (where has_hours) as modelled, sum(plain_margin) filter (where has_hours) as plain,
        sum(own_margin) filter (where has_hours) as own, sum(own_margin) as own_of_all, count(pays) as proposed,
        sum(cast(own_margin as decimal(28, 2)) - credits) as net, sum((1 - kept) * labour) as saved,
        sum(plan.current_margin - coalesce(unautomated, 0)) filter (where not plan.is_moved) as stays
    from clients
    left join plan using (client_key)
),

priced as (
    select count(*) as clients, sum(provider_margin(outcome, kept_of(automation_share), labour, tools)) as margin,
        any_value(automation_share) as share
    from metrics.pricing_terms($month_from, $month_to)
    cross join core.assumption where left_out_because is null
),

reached as (
    select steps.* replace (cast(steps.reached as decimal(28, 2)) as reached)
    from sums cross join priced
    cross join (select count(*) as clients, sum(planned_margin) as margin from plan) as planned
    cross join lateral (
        values (1, 'Hours or outcome', priced.clients, priced.share, priced.margin),
        (2, 'Only clients with recurring revenue in the last month', null, null, sums.plain),
        (3, 'Fees that carry a bad year and credits', null, null, sums.own),
        (4, 'Models side by side', sums.modelled, priced.share, sums.own),
        (5, 'Clients without managed hours too', null, null, sums.own_of_all),
        (6, 'Credits given back', null, null, sums.net),
        (7, 'Scenarios', sums.proposed, priced.share, sums.net),
        (8, 'Nothing automated', null, null, sums.net - sums.saved),
        (9, 'Those that the plan leaves keep today''s fee', null, null, sums.net - sums.saved + sums.stays),
        (10, 'A usual year, and no fee below today''s', null, null, planned.margin),
        (11, 'Migration', planned.clients, 0, planned.margin)
    ) as steps (place, name, clients, automation_share, reached)
)

select place, name, clients is not null as is_total, clients, cast(automation_share as double) as automation_share,
    cast(if(clients is null, reached - lag(reached) over (order by place asc), reached) as decimal(28, 2)) as amount
from reached
order by place asc
