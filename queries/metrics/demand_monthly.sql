-- name: metrics.demand_monthly
-- purpose: What all clients together asked of the desk in each month complete for tickets.
-- grain: month_start
-- needs: tickets
-- uses: time_entries, clients, invoice_lines
-- columns:
--   month_start                  DATE    the month
--   reactive_tickets             BIGINT  reactive tickets of people opened in it
--   reactive_hours               DOUBLE  hours that they took by now
--   reactive_tickets_per_user    DOUBLE  reactive tickets a user
--   reactive_hours_per_user      DOUBLE  their hours a user
--   reactive_hours_per_endpoint  DOUBLE  their hours a device

select months.month_start, asked.reactive_tickets, asked.reactive_hours, asked.reactive_tickets_per_user,
    asked.reactive_hours_per_user, asked.reactive_hours_per_endpoint
from core.months as months
cross join lateral metrics.demand(months.month_start, months.month_start) as asked
where months.is_complete_for_tickets and months.has_tickets
order by months.month_start asc
