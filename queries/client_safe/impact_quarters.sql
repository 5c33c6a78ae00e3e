-- name: client_safe.impact_quarters
-- purpose: Critical and high-priority incidents of the client by quarter: opened, resolved, open at its end; how long
--   those resolved took, and the hours that users lost by them under the assumed share of users that each stops.
-- grain: quarter_start
-- params: client_key VARCHAR, month_to DATE
-- needs: tickets
-- uses: clients, ticket_pauses, holidays
-- columns:
--   quarter_start     DATE     first day of the quarter
--   stood_on          DATE     its last day, or the last that the tickets reach
--   sev1_opened       BIGINT   incidents of the first severity opened in it; empty without a month that they speak of
--   sev2_opened       BIGINT   the same of the second
--   carried           BIGINT   of both those opened before it and not resolved by then
--   sev1_incidents    BIGINT   of the first severity those that people resolved in it, whenever they were opened
--   sev2_incidents    BIGINT   the same of the second
--   still_open        BIGINT   of both those open on that day, whenever they were opened
--   oldest_open_days  BIGINT   days since the oldest of them was opened
--   sev1_hours        DOUBLE   business hours that the resolved ones took, pauses taken off
--   sev2_hours        DOUBLE   the same of the second
--   users             DOUBLE   people served today
--   sev1_share        DOUBLE   assumed share of users that an incident of the first severity stops
--   sev2_share        DOUBLE   the same of the second
--   user_hours_lost   DOUBLE   hours x share x users, of both

with quarters as (
    select quarters.quarter_start, least(quarters.judged_on, span.tickets_through) as stood_on,
        case when quarters.months > 0 then 0 end as zero
    from metrics.ticket_quarters(last_day($month_to)) as quarters
    cross join core.data_span as span
),

incidents as (
    select quarters.quarter_start, severity(found.priority) as severity, found.tickets, found.minutes / 60 as hours,
        found.opened_month >= quarters.quarter_start as is_opened,
        coalesce(found.has_ended and found.resolved_month <= quarters.stood_on, false) as is_over,
        is_over and found.resolved_month >= quarters.quarter_start as is_resolved,
        case when not is_over then date_diff('day', found.first_opened_on, quarters.stood_on) end as open_days
    from quarters
    inner join core.incidents_monthly as found on found.opened_month <= quarters.stood_on
    where quarters.zero = 0 and found.client_key = $client_key and found.has_begun
),

summed as (
    select quarter_start, cast(sum(tickets) filter (where severity = 'SEV 1' and is_opened) as bigint) as sev1_opened,
        cast(sum(tickets) filter (where severity = 'SEV 2' and is_opened) as bigint) as sev2_opened,
        cast(sum(tickets) filter (where severity = 'SEV 1' and is_resolved) as bigint) as sev1_incidents,
        cast(sum(tickets) filter (where severity = 'SEV 2' and is_resolved) as bigint) as sev2_incidents,
        cast(sum(tickets) filter (where not is_over) as bigint) as still_open, max(open_days) as oldest_open_days,
        cast(sum(tickets) filter (where not is_opened and (is_resolved or not is_over)) as bigint) as carried,
        sum(hours) filter (where severity = 'SEV 1' and is_resolved) as first_hours,
        sum(hours) filter (where severity = 'SEV 2' and is_resolved) as second_hours
    from incidents
    where severity in ('SEV 1', 'SEV 2')
    group by quarter_start
)

select quarters.quarter_start, quarters.stood_on, coalesce(summed.sev1_opened, quarters.zero) as sev1_opened,
    coalesce(summed.sev2_opened, quarters.zero) as sev2_opened, coalesce(summed.carried, quarters.zero) as carried,
    coalesce(summed.sev1_incidents, quarters.zero) as sev1_incidents,
    coalesce(summed.sev2_incidents, quarters.zero) as sev2_incidents,
    coalesce(summed.still_open, quarters.zero) as still_open, summed.oldest_open_days,
    coalesce(summed.first_hours, quarters.zero) as sev1_hours,
    coalesce(summed.second_hours, quarters.zero) as sev2_hours,
    clients.users, assumption.sev1_users_share as sev1_share, assumption.sev2_users_share as sev2_share,
    (sev1_hours * sev1_share + sev2_hours * sev2_share) * clients.users as user_hours_lost
from quarters
cross join core.assumption as assumption
inner join core.dim_clients as clients on clients.client_key = $client_key
left join summed using (quarter_start)
order by quarters.quarter_start asc
