-- name: metrics.client_terms
-- purpose: The prices that the user has set for single clients, beside how many people each client has.
-- grain: client_key
-- columns:
--   client_key   VARCHAR        key of the client
--   client       VARCHAR        the client
--   users        DOUBLE         people served, as the clients file says
--   seat_price   DECIMAL(18,4)  for a user and month; empty where the general one holds
--   outcome_fee  DECIMAL(18,4)  for a month; empty where it follows from cost and target margin

select clients.client_key, clients.client, clients.users, own.seat_price, own.outcome_fee
from core.dim_clients as clients
left join raw.client_terms as own using (client_key)
where not coalesce(clients.is_internal, false)
order by clients.client asc
