-- name: metrics.own_names
-- purpose: Names that the user called the MSP's own, so that each can be taken back.
-- grain: client_key
-- columns:
--   client_key  VARCHAR  key of the name
--   client      VARCHAR  the name as the files spell it

select own_names.client_key, coalesce(clients.client, own_names.client_key) as client
from raw.own_names as own_names
left join core.dim_clients as clients on own_names.client_key = clients.client_key
order by client asc, own_names.client_key asc
