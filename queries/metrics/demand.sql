-- name: metrics.demand
-- purpose: What all clients together asked of the desk over the chosen months, by their users and devices of today.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- uses: time_entries, clients, invoice_lines
-- columns:
--   clients                      BIGINT   clients with any reactive ticket
--   tickets                      BIGINT   tickets of people opened in the months
--   reactive_tickets             BIGINT   of them those that are reactive, not planned
--   reactive_hours               DOUBLE   hours that the reactive ones took by now
--   user_months                  DOUBLE   users x months with revenue or hours, of clients whose users are known
--   reactive_tickets_per_user    DOUBLE   reactive tickets a user and month, of these clients
--   reactive_hours_per_user      DOUBLE   their hours a user and month
--   reactive_hours_per_endpoint  DOUBLE   hours a device and month, of clients whose devices are known
--   largest_client               VARCHAR  the client with the most reactive hours
--   largest_share                DOUBLE   its part of all reactive hours
--   heaviest_client              VARCHAR  the client with the most reactive hours a user and month, of those with users
--   heaviest_hours               DOUBLE   these hours
--   says_kind                    BOOLEAN  whether any ticket says its type; where none does all count as reactive

select count(*) filter (where reactive_tickets > 0) as clients, cast(coalesce(sum(tickets), 0) as bigint) as tickets,
    cast(coalesce(sum(reactive_tickets), 0) as bigint) as reactive_tickets,
    coalesce(sum(reactive_hours), 0) as reactive_hours, sum(user_months) as user_months,
    share(sum(user_tickets), sum(user_months)) as reactive_tickets_per_user,
    share(sum(user_hours), sum(user_months)) as reactive_hours_per_user,
    share(sum(endpoint_hours), sum(endpoint_months)) as reactive_hours_per_endpoint,
    first(client order by reactive_hours desc, client asc) filter (where reactive_hours > 0) as largest_client,
    share(max(reactive_hours), sum(reactive_hours)) as largest_share,
    first(client order by reactive_hours_per_user desc, client asc) filter (where reactive_hours_per_user > 0)
        as heaviest_client,
    max(reactive_hours_per_user) as heaviest_hours,
    (select span.says_kind from core.ticket_span as span) as says_kind
from metrics.demand_by_client($month_from, $month_to)
