-- name: checks.entries_of_tickets_in_no_file
-- purpose: Tickets of time entries that no tickets file holds: without a client of their own these are internal.
-- grain: ticket_id
-- columns:
--   ticket_id         VARCHAR  the ticket's number, as the entries write it
--   entries           BIGINT   how many entries name it
--   hours             DOUBLE   their hours
--   clientless_hours  DOUBLE   of these, hours of entries that name no client either

select entries.ticket_id, count(*) as entries, cast(sum(entries.hours) as double) as hours,
    cast(coalesce(sum(entries.hours) filter (where entries.client_key is null), 0) as double) as clientless_hours
from core.fct_labour as labour
inner join staging.time_entries as entries using (load_id, row_number)
where labour.is_ticket_unknown and exists (select 1 from staging.tickets as loaded)
group by entries.ticket_id
