-- name: core.demand_monthly
-- purpose: What each client asked people for in each month, by category, and the hours that it took by now.
-- grain: client_key, category, month_start
-- columns:
--   client_key        VARCHAR        key of the client
--   category          VARCHAR        the category; (none) if empty
--   month_start       DATE           the month in which the tickets were opened
--   tickets           BIGINT         opened in it, without those that automation resolved or that can't be followed
--   worked            BIGINT         of them those with hours above 0
--   hours             DECIMAL(38,9)  their hours
--   reactive_tickets  BIGINT         of the tickets those that are reactive, not planned
--   reactive_hours    DECIMAL(38,9)  their hours

select client_key, category, cast(date_trunc('month', opened_at) as date) as month_start, count(*) as tickets,
    count(*) filter (where effort_hours > 0) as worked,
    cast(coalesce(sum(effort_hours) filter (where effort_hours > 0), 0) as decimal(38, 9)) as hours,
    count(*) filter (where is_reactive) as reactive_tickets,
    cast(coalesce(sum(effort_hours) filter (where effort_hours > 0 and is_reactive), 0) as decimal(38, 9))
        as reactive_hours
from core.fct_tickets
where is_followed and not is_auto_resolved and opened_at is not null
group by client_key, category, date_trunc('month', opened_at)
