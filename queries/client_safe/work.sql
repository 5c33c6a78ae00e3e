-- name: client_safe.work
-- purpose: What was done for the client in the months of the period: hours, projects, what went beyond the agreement at
--   no charge, and what automation took over.
-- grain: one row
-- params: client_key VARCHAR, month_from DATE, month_to DATE
-- needs: time_entries|tickets
-- columns:
--   hours               DOUBLE   hours worked for it; empty where none is known
--   project_hours       DOUBLE   of them on projects
--   no_charge_hours     DOUBLE   of them beyond the agreement and not billed; empty where no entry says what covers it
--   says_charge         BOOLEAN  whether any entry says how it is covered or if it can be charged
--   ticket_hours        DOUBLE   hours that the tickets opened in the months took by now
--   planned_hours       DOUBLE   of them on planned work, nothing that broke or was asked for; empty where no ticket
--                                says of what kind it is
--   planned_share       DOUBLE   planned hours / ticket hours
--   tickets             BIGINT   tickets opened, by people or automation resolved
--   automated           BIGINT   of them those that automation resolved; empty where no ticket says so
--   automated_share     DOUBLE   automated / tickets

with worked as (
    select cast(sum(hours) as double) as hours, cast(sum(project_hours) as double) as project_hours,
        cast(sum(out_of_scope_hours) as double) as out_of_scope_hours
    from core.fct_labour_monthly
    where client_key = $client_key and not is_internal and month_start between $month_from and $month_to
),

asked as (
    select cast(sum(demand.hours) as double) as ticket_hours,
        cast(sum(demand.hours - demand.reactive_hours) as double) as planned_hours
    from core.demand_monthly as demand
    where demand.client_key = $client_key and demand.month_start between $month_from and $month_to
),

opened as (
    select cast(sum(opened_in_all) as bigint) as tickets, cast(sum(automated) as bigint) as automated
    from core.desk_monthly
    where client_key = $client_key and month_start between $month_from and $month_to
)

select worked.hours, worked.project_hours, case when kinds.says_coverage then worked.out_of_scope_hours end
        as no_charge_hours,
    data.has_coverage as says_charge, asked.ticket_hours,
    case when span.says_kind then asked.planned_hours end as planned_hours,
    share(case when span.says_kind then asked.planned_hours end, asked.ticket_hours) as planned_share,
    opened.tickets, case when span.says_automation then opened.automated end as automated,
    share(case when span.says_automation then opened.automated end, opened.tickets) as automated_share
from worked
cross join asked
cross join opened
cross join core.work_kinds as kinds
cross join core.ticket_span as span
cross join core.data_span as data
