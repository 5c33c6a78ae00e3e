-- name: metrics.client_user_months
-- purpose: The covered months in which each client brought revenue or took hours, with the people served in them: those
--   of today, since no file says how many there were before.
-- grain: client_key, month_start
-- needs: invoice_lines, clients
-- uses: time_entries, tickets
-- columns:
--   client_key   VARCHAR  key of the client, never the MSP itself
--   month_start  DATE     the month
--   user_months  DOUBLE   its users; empty where the clients file doesn't say how many

select months.client_key, months.month_start, clients.users as user_months
from metrics.client_months as months
inner join core.dim_clients as clients using (client_key)
where months.is_covered and months.is_active
