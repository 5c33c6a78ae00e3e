-- name: metrics.names_of_rows
-- purpose: The clients, technicians, priorities and categories by which rows can be chosen.
-- grain: kind, name
-- columns:
--   kind  VARCHAR  client, technician, priority or category
--   name  VARCHAR  the name

select distinct 'client' as kind, client as name
from core.dim_clients
union all
select distinct 'technician' as kind, technician as name
from core.dim_technicians
union all
select distinct 'priority' as kind, priority as name
from core.sla_monthly
union all
select distinct 'category' as kind, category as name
from core.ended_monthly
where category != '(none)'
