-- name: metrics.names_of_rows
-- purpose: The clients and technicians by whom rows can be chosen.
-- grain: kind, name
-- columns:
--   kind  VARCHAR  client or technician
--   name  VARCHAR  the name

select distinct 'client' as kind, client as name
from core.dim_clients
union all
select distinct 'technician' as kind, technician as name
from core.dim_technicians
