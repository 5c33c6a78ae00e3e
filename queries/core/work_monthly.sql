-- name: core.work_monthly
-- purpose: Hours of each client and month by what they were spent on; internal and undated ones are left out.
-- grain: client_key, month_start, category, is_project, is_ticket_unknown
-- columns:
--   client_key         VARCHAR        key of the client
--   month_start        DATE           month of the work
--   category           VARCHAR        the ticket's category; (none) if empty, and empty without a ticket on file
--   is_project         BOOLEAN        project work
--   is_ticket_unknown  BOOLEAN        on a ticket that is in no file
--   hours              DECIMAL(38,9)  hours worked

select client_key, month_start, category, is_project, is_ticket_unknown, sum(hours) as hours
from core.fct_labour
where not is_internal and month_start is not null
group by client_key, month_start, category, is_project, is_ticket_unknown
