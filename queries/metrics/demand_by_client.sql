-- name: metrics.demand_by_client
-- purpose: What each client asked of the desk over the chosen months, up to the last one complete for tickets, by its
--   users and devices of today; the most reactive hours first.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- uses: time_entries, clients, invoice_lines
-- columns:
--   client_key                   VARCHAR  key of the client
--   client                       VARCHAR  the client
--   tickets                      BIGINT   tickets of people opened in the months
--   reactive_tickets             BIGINT   of them those that are reactive, not planned
--   reactive_hours               DOUBLE   hours that the reactive ones took by now
--   users                        DOUBLE   people served today
--   user_months                  DOUBLE   users x the months with revenue or hours
--   endpoint_months              DOUBLE   the same with devices
--   user_tickets                 BIGINT   reactive tickets of the months that user months count
--   user_hours                   DOUBLE   their hours
--   endpoint_hours               DOUBLE   reactive hours of the months that endpoint months count
--   reactive_tickets_per_user    DOUBLE   user tickets / user months
--   reactive_hours_per_user      DOUBLE   user hours / user months
--   reactive_hours_per_endpoint  DOUBLE   endpoint hours / endpoint months

with bounds as (
    select $month_from as first_month, least($month_to, span.last_month) as last_month
    from core.ticket_span as span
),

asked as (
    select demand.client_key, demand.month_start, sum(demand.tickets) as tickets,
        sum(demand.reactive_tickets) as reactive_tickets, sum(demand.reactive_hours) as reactive_hours
    from core.demand_monthly as demand
    inner join bounds on demand.month_start between bounds.first_month and bounds.last_month
    group by demand.client_key, demand.month_start
),

served as (
    select months.client_key, months.month_start, months.user_months
    from metrics.client_user_months as months
    inner join bounds on months.month_start between bounds.first_month and bounds.last_month
),

joined as (
    select client_key, coalesce(asked.tickets, 0) as tickets, coalesce(asked.reactive_tickets, 0) as reactive_tickets,
        coalesce(asked.reactive_hours, 0) as reactive_hours,
        case when served.user_months > 0 then served.user_months end as user_months,
        case when served.client_key is not null and clients.endpoints > 0 then clients.endpoints end as endpoint_months
    from asked
    full join served using (client_key, month_start)
    inner join core.dim_clients as clients using (client_key)
    where not clients.is_internal
),

summed as (
    select client_key, sum(tickets) as tickets, sum(reactive_tickets) as reactive_tickets,
        sum(reactive_hours) as reactive_hours, sum(user_months) as user_months, sum(endpoint_months) as endpoint_months,
        sum(reactive_tickets) filter (where user_months > 0) as user_tickets,
        sum(reactive_hours) filter (where user_months > 0) as user_hours,
        sum(reactive_hours) filter (where endpoint_months > 0) as endpoint_hours
    from joined
    group by client_key
)

select client_key, clients.client, cast(tickets as bigint) as tickets,
    cast(reactive_tickets as bigint) as reactive_tickets, cast(reactive_hours as double) as reactive_hours,
    clients.users, user_months, endpoint_months, cast(user_tickets as bigint) as user_tickets,
    cast(user_hours as double) as user_hours, cast(endpoint_hours as double) as endpoint_hours,
    share(user_tickets, user_months) as reactive_tickets_per_user,
    share(user_hours, user_months) as reactive_hours_per_user,
    share(endpoint_hours, endpoint_months) as reactive_hours_per_endpoint
from summed
inner join core.dim_clients as clients using (client_key)
order by summed.reactive_hours desc, clients.client asc
