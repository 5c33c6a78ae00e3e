-- name: checks.hours_of_tickets_without_a_date
-- purpose: Ticket hours that are labour but belong to no month, because the ticket has no date.
-- grain: load_id, row_number, technician_key
-- columns:
--   client          VARCHAR  the client
--   technician_key  VARCHAR  key of the technician
--   technician      VARCHAR  the technician; empty where the ticket names none
--   hours           DOUBLE   hours
--   load_id         INTEGER  the load that brought the ticket
--   row_number      BIGINT   the ticket's place in its file

select clients.client, technician_key, technicians.technician, cast(sum(labour.hours) as double) as hours,
    labour.load_id, labour.row_number
from core.fct_labour as labour
left join core.dim_clients as clients using (client_key)
left join core.dim_technicians as technicians using (technician_key)
where labour.month_start is null
group by clients.client, technician_key, technicians.technician, labour.load_id, labour.row_number
