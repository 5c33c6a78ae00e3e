-- name: staging.tickets
-- purpose: Tickets in use, one row each, with client and technician under their shown names.
-- grain: load_id, row_number
-- columns:
--   ticket_id               VARCHAR        the ticket's number
--   client                  VARCHAR        the client's shown name; (no client) where the ticket names none
--   opened_at               TIMESTAMP      when the ticket was opened, desk's local time
--   title                   VARCHAR        what the ticket is about
--   first_response_at       TIMESTAMP      when a person first answered
--   resolved_at             TIMESTAMP      when it was resolved
--   closed_at               TIMESTAMP      when it was closed
--   status                  VARCHAR        its status at the time of the export
--   priority                VARCHAR        its priority
--   category                VARCHAR        what kind of work it was
--   subcategory             VARCHAR        the finer kind
--   ticket_type             VARCHAR        incident, request, alert, change or project
--   queue                   VARCHAR        the board or queue
--   source                  VARCHAR        how it came in
--   technician              VARCHAR        who worked it; all names where the ticket lists several
--   hours                   DECIMAL(18,9)  hours on the ticket, when there are no time entries
--   is_reactive             BOOLEAN        reactive rather than planned work
--   escalated               BOOLEAN        whether it was escalated
--   reopened_count          BIGINT         how often it was reopened
--   touches                 BIGINT         how many people or replies it took
--   auto_resolved           BOOLEAN        resolved by automation without a person
--   in_scope                BOOLEAN        covered by the agreement
--   sla_response_minutes    DOUBLE         target for the first response, business minutes
--   sla_resolution_minutes  DOUBLE         target for the resolution, business minutes
--   csat                    DOUBLE         satisfaction: 1 happy, 0 neutral, -1 unhappy
--   client_key              VARCHAR        key of the client
--   technician_key          VARCHAR        key of the technician; empty where the ticket lists several
--   load_id                 INTEGER        the load that brought the row
--   row_number              BIGINT         the row's place in its file

select
    tickets.ticket_id, coalesce(client_names.client, '(no client)') as client, tickets.opened_at, tickets.title,
    tickets.first_response_at, tickets.resolved_at, tickets.closed_at, tickets.status, tickets.priority,
    tickets.category, tickets.subcategory, tickets.ticket_type, tickets.queue, tickets.source,
    coalesce(technician_names.technician, tickets.technician) as technician, tickets.hours, tickets.is_reactive,
    tickets.escalated, tickets.reopened_count, tickets.touches, tickets.auto_resolved, tickets.in_scope,
    tickets.sla_response_minutes, tickets.sla_resolution_minutes, tickets.csat,
    coalesce(client_names.client_key, '(no client)') as client_key, technician_names.technician_key,
    tickets.load_id, tickets.row_number
from raw.tickets as tickets
left join staging.client_names as client_names on tickets.client = client_names.raw_client
left join staging.technician_names as technician_names on tickets.technician = technician_names.raw_technician
anti join raw.unused_rows as unused
    on unused.entity = 'tickets'
    and tickets.load_id = unused.load_id
    and tickets.row_number = unused.row_number
