-- name: checks.clients_unknown_to_the_clients_file
-- purpose: Clients that other files name and the clients file does not list.
-- grain: client
-- columns:
--   client  VARCHAR  the client
--   rows    BIGINT   rows that name it

select detail as client, count(*) as rows
from core.flagged_rows
where flag = 'unknown_client'
group by detail
