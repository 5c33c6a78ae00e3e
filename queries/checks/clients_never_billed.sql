-- name: checks.clients_never_billed
-- purpose: Clients with hours and not one invoice line: perhaps two spellings of one client.
-- grain: client_key
-- columns:
--   client_key  VARCHAR  key of the client
--   client      VARCHAR  the client
--   hours       DOUBLE   hours that aren't internal
--   is_served   BOOLEAN  whether the clients file gives it a tier, or an agreement names it: no name of the MSP's own

select clients.client_key, clients.client, cast(sum(labour.hours) as double) as hours,
    clients.service_tier is not null or agreed.client_key is not null as is_served
from core.fct_labour_monthly as labour
inner join core.dim_clients as clients using (client_key)
left join (select distinct client_key from core.dim_agreements) as agreed using (client_key)
where not labour.is_internal
    and exists (select 1 from staging.invoice_lines)
    and not exists (select 1 from staging.invoice_lines as lines where lines.client_key = clients.client_key)
group by clients.client_key, clients.client, clients.service_tier, agreed.client_key
