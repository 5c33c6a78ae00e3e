-- name: metrics.outcome_figures
-- purpose: Why four pages say four margins of one book under outcome fees: from Hours or outcome by way of Models side
--   by side and Scenarios to Migration, with what each does otherwise, in money; at the assumed share of automation.
-- grain: place
-- params: month_from DATE, month_to DATE, as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, outcomes
-- columns:
--   place             BIGINT         from 1: the pages' figures with the steps between them
--   name              VARCHAR        the page whose figure it is, or what the next one does otherwise
--   is_total          BOOLEAN        whether it is a page's figure
--   clients           BIGINT         clients whom that figure counts; empty for a step
--   automation_share  DOUBLE         share of the hours that it takes as automated; empty for a step
--   amount            DECIMAL(28,2)  margin under outcome fees, or what the step adds to it; empty for the plan where
--                                    no client can be priced, and for credits that can't be measured

with sums as (
    from metrics.outcome_figure_sums($month_from, $month_to, $as_of)
),

priced as (
    select count(*) as clients, sum(provider_margin(outcome, kept_of(automation_share), labour, tools)) as margin,
        any_value(automation_share) as share
    from metrics.pricing_terms($month_from, $month_to)
    cross join core.assumption where left_out_because is null
),

planned as (
    select if(unpriced < clients, clients, 0) as clients, planned_margin as margin
    from metrics.migration_summary($as_of)
),

reached as (
    select steps.* replace (cast(steps.reached as decimal(28, 2)) as reached),
        -- without a plan no step leads to it
        steps.place <= 7 or planned.margin is not null as leads_on
    from sums cross join priced cross join planned
    cross join lateral (
        values (1, 'Hours or outcome', priced.clients, priced.share, priced.margin),
        (2, 'Only clients with recurring revenue in the last month', null, null, sums.plain),
        (3, 'Fees that carry a bad year and credits', null, null, sums.own),
        (4, 'Models side by side', sums.modelled, priced.share, sums.own),
        (5, 'Clients without managed hours too', null, null, sums.own_of_all),
        (6, 'Credits given back', null, null, if(sums.is_measured, sums.net, null)),
        (7, 'Scenarios', sums.proposed, priced.share, sums.net),
        (8, 'Nothing automated', null, null, sums.net_unautomated),
        (9, format('{} months made a year', sums.months), null, null, sums.whole_year),
        (10, 'Those that the plan leaves keep today''s fee', null, null, sums.kept_today),
        (11, 'A usual year, and no fee below today''s', null, null, planned.margin),
        (12, 'Migration', planned.clients, 0, planned.margin)
    ) as steps (place, name, clients, automation_share, reached)
    where steps.place != 9 or sums.months != 12
)

select row_number() over (order by place asc) as place, name, clients is not null as is_total, clients,
    cast(automation_share as double) as automation_share,
    cast(
        case
            when clients is not null then reached when leads_on then reached - lag(reached) over (order by place asc)
        end as decimal(28, 2)
    ) as amount
from reached
order by place asc
