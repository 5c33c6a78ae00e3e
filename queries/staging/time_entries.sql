-- name: staging.time_entries
-- purpose: Time entries in use, one row each, with the client and technician that the entry itself names.
-- grain: load_id, row_number
-- columns:
--   worked_on       DATE           the day of the work
--   hours           DECIMAL(18,9)  hours actually worked
--   technician      VARCHAR        who worked
--   entry_id        VARCHAR        the entry's number
--   ticket_id       VARCHAR        the ticket it belongs to, as the tickets file writes it
--   client          VARCHAR        the client it was for
--   hours_billed    DECIMAL(18,9)  hours on the invoice
--   billed_amount   DECIMAL(18,4)  money on the invoice for it
--   billable        BOOLEAN        whether it can be charged
--   work_type       VARCHAR        support, project, proactive, account_mgmt, sales, meeting, training
--   agreement       VARCHAR        the agreement that covers it
--   coverage        VARCHAR        agreement, billable, out_of_scope_unbilled or internal
--   technician_key  VARCHAR        key of the technician
--   client_key      VARCHAR        key of the client
--   load_id         INTEGER        the load that brought the row
--   row_number      BIGINT         the row's place in its file

select
    time_entries.worked_on, time_entries.hours, technician_names.technician, time_entries.entry_id,
    coalesce(numbers.ticket_id, time_entries.ticket_id) as ticket_id, client_names.client,
    time_entries.hours_billed, time_entries.billed_amount, time_entries.billable, time_entries.work_type,
    time_entries.agreement, time_entries.coverage, technician_names.technician_key, client_names.client_key,
    time_entries.load_id, time_entries.row_number
from raw.time_entries as time_entries
left join staging.technician_names as technician_names on time_entries.technician = technician_names.raw_technician
left join staging.client_names as client_names on time_entries.client = client_names.raw_client
left join staging.ticket_numbers as numbers on time_entries.ticket_id = numbers.raw_ticket_id
anti join raw.unused_rows as unused
    on unused.entity = 'time_entries'
    and time_entries.load_id = unused.load_id
    and time_entries.row_number = unused.row_number
