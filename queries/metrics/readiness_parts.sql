-- name: metrics.readiness_parts
-- purpose: What makes a client's outcomes easier to promise, over the twelve covered months up to a day: each part from
--   the worst to the best, with its weight. Bounds and weights are our judgement.
-- grain: client_key, part
-- params: as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, reviews
-- columns:
--   client_key  VARCHAR  key of the client
--   part        VARCHAR  steady_hours, measurable, clear_scope, alike_delivery, automation, governance, relationship or
--                        spread_incidents
--   weight      BIGINT   of a hundred
--   points      DOUBLE   0 at the worst, 1 at the best; empty where no file and nobody says what it takes

with year as (from metrics.year_to($as_of)),

clients as (
    select clients.client_key, clients.started_on, hours.hours, regimes.crossover_automation_share as crossover
    from metrics.outcome_clients((select month_from from year), (select month_to from year)) as clients
    inner join metrics.outcome_expectations((select month_from from year), (select month_to from year)) as hours
        using (client_key)
    left join metrics.pricing_regimes((select month_from from year), (select month_to from year), null) as regimes
        on clients.client_key = regimes.client_key and regimes.regime = 'outcome'
),

desk as (
    select tickets.client_key, share(sum(promised), sum(by_people)) as promised, share(sum(balance), sum(rated)) as csat
    from core.opened_monthly as tickets
    inner join year on tickets.month_start between year.month_from and year.month_to
    group by tickets.client_key
),

scope as (
    select worked.client_key,
        case when any_value(kinds.has_out_of_scope) then share(sum(out_of_scope_hours), sum(hours)) end as beyond
    from core.fct_labour_monthly as worked
    inner join year on worked.month_start between year.month_from and year.month_to
    cross join core.work_kinds as kinds
    where not worked.is_internal
    group by worked.client_key
),

delivery as (
    select share(sum(technician_share_of_variance * tickets), sum(tickets)) as unlike
    from metrics.resolution_consistency((select month_from from year), (select month_to from year))
    where technician_share_of_variance is not null
)

select clients.client_key, parts.part, cast(parts.weight as bigint) as weight,
    case parts.part
        when 'steady_hours'
            then points(round(share(list_stddev_samp(clients.hours), list_avg(clients.hours)), 9), 1, 0.2)
        when 'measurable' then points(desk.promised, 0, 1)
        when 'clear_scope' then points(round(scope.beyond, 9), 0.2, 0)
        when 'alike_delivery' then points(round(delivery.unlike, 9), 0.5, 0)
        when 'automation' then points(said.value - clients.crossover, -0.5, 0)
        when 'governance' then case when reviews.is_due then cast(reviews.is_completed as integer) end
        when 'relationship'
            then points(date_diff('month', clients.started_on, $as_of), 0, 24) * coalesce(points(desk.csat, -1, 1), 1)
    end as points
from clients
cross join (
    values ('steady_hours', 20), ('measurable', 15), ('clear_scope', 15), ('alike_delivery', 10), ('automation', 15),
    ('governance', 10), ('relationship', 10), ('spread_incidents', 5)
) as parts (part, weight)
cross join delivery
-- what nobody said is the same for all clients, and says nothing of one
left join raw.assumptions as said on said.name = 'automation_share'
left join desk using (client_key)
left join scope using (client_key)
left join metrics.qbr_status($as_of) as reviews using (client_key)
