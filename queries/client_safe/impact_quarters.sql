-- name: client_safe.impact_quarters
-- purpose: How long critical and high-priority incidents of the client took, and the hours that its users lost by them
--   under the assumed share of users that each stops; the quarter of the period and the seven before it.
-- grain: quarter_start
-- params: client_key VARCHAR, month_to DATE
-- needs: tickets
-- uses: clients, ticket_pauses, holidays
-- columns:
--   quarter_start    DATE    first day of the quarter
--   sev1_incidents   BIGINT  incidents of the first severity that people resolved in it; empty before the first ticket
--   sev2_incidents   BIGINT  the same of the second
--   sev1_hours       DOUBLE  business hours that they took, pauses taken off
--   sev2_hours       DOUBLE  the same of the second
--   users            DOUBLE  people served today
--   sev1_share       DOUBLE  assumed share of users that an incident of the first severity stops
--   sev2_share       DOUBLE  the same of the second
--   user_hours_lost  DOUBLE  hours x share x users, of both
--   unknown_share    DOUBLE  of the client's incidents those whose priority says no severity

with incidents as (
    select date_trunc('quarter', resolved_at) as quarter_start, severity(priority) as severity,
        resolution_minutes / 60 as hours
    from core.fct_tickets
    where client_key = $client_key and is_timed
),

summed as (
    select quarter_start, count(*) filter (where severity = 'SEV 1') as sev1_incidents,
        count(*) filter (where severity = 'SEV 2') as sev2_incidents,
        coalesce(sum(hours) filter (where severity = 'SEV 1'), 0) as sev1_hours,
        coalesce(sum(hours) filter (where severity = 'SEV 2'), 0) as sev2_hours,
        share(count(*) filter (where severity is null), count(*)) as unknown_share
    from incidents
    group by quarter_start
)

select quarters.quarter_start,
    case when quarters.judged_on >= span.first_month then coalesce(summed.sev1_incidents, 0) end as sev1_incidents,
    case when quarters.judged_on >= span.first_month then coalesce(summed.sev2_incidents, 0) end as sev2_incidents,
    case when quarters.judged_on >= span.first_month then coalesce(summed.sev1_hours, 0) end as sev1_hours,
    case when quarters.judged_on >= span.first_month then coalesce(summed.sev2_hours, 0) end as sev2_hours,
    clients.users, assumption.sev1_users_share as sev1_share, assumption.sev2_users_share as sev2_share,
    (sev1_hours * sev1_share + sev2_hours * sev2_share) * clients.users as user_hours_lost, summed.unknown_share
from metrics.review_quarters(last_day($month_to)) as quarters
cross join core.ticket_span as span
cross join core.assumption as assumption
inner join core.dim_clients as clients on clients.client_key = $client_key
left join summed using (quarter_start)
order by quarters.quarter_start asc
