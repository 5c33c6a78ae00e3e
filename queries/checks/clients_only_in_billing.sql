-- name: checks.clients_only_in_billing
-- purpose: Clients that are billed and have neither tickets nor hours: perhaps two spellings of one client.
-- grain: client
-- columns:
--   client  VARCHAR  the client
--   lines   BIGINT   invoice lines

select detail as client, count(*) as lines
from core.flagged_rows
where flag = 'client_only_in_billing'
group by detail
