-- name: metrics.owner_escalations
-- purpose: The tickets behind the fifth signal: escalated in the twelve months that close on a day, and on an owner's
--   desk; the latest first.
-- grain: ticket_id
-- params: as_of DATE
-- needs: technicians, tickets
-- uses: invoice_lines, time_entries
-- columns:
--   ticket_id   VARCHAR    the ticket
--   client      VARCHAR    its client
--   technician  VARCHAR    the owner whose it was
--   opened_at   TIMESTAMP  when it was opened
--   priority    VARCHAR    its priority
--   category    VARCHAR    its category
--   hours       DOUBLE     hours that it took

select tickets.ticket_id, clients.client, owners.technician, tickets.opened_at, tickets.priority, tickets.category,
    cast(tickets.effort_hours as double) as hours
from metrics.signal_window($as_of) as span
inner join core.fct_tickets as tickets
    on tickets.opened_at >= span.twelve_from and tickets.opened_at < last_day(span.closing_month) + 1
inner join core.dim_technician_versions as owners
    on tickets.technician_key = owners.technician_key and owners.is_owner
    and tickets.opened_at >= owners.version_from and tickets.opened_at < owners.version_until
left join core.dim_clients as clients using (client_key)
where tickets.is_followed and not tickets.is_auto_resolved and tickets.escalated
order by tickets.opened_at desc, tickets.ticket_id asc
