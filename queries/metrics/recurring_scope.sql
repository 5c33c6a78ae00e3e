-- name: metrics.recurring_scope
-- purpose: What each client's recurring work brought and took over the covered ones of the chosen months.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- uses: time_entries, tickets, technicians, clients
-- columns:
--   client_key          VARCHAR        key of the client
--   hours               DECIMAL(38,9)  managed hours: neither project nor billable on top
--   labour              DECIMAL(38,8)  their cost
--   tools               DECIMAL(38,4)  direct cost of the classes managed and other_recurring
--   recurring           DECIMAL(38,4)  revenue of these classes
--   labour_hours        DECIMAL(38,9)  all its hours, projects included
--   assumed_rate_hours  DECIMAL(38,9)  of them costed at the assumption
--   active_months       BIGINT         months with revenue or client hours
--   is_billed           BOOLEAN        whether any invoice line pays for them; empty if no invoice is loaded at all

select client_key, cast(sum(managed_hours) as decimal(38, 9)) as hours,
    cast(sum(managed_labour_cost) as decimal(38, 8)) as labour, cast(sum(recurring_cost) as decimal(38, 4)) as tools,
    cast(sum(recurring_revenue) as decimal(38, 4)) as recurring,
    cast(sum(labour_hours) as decimal(38, 9)) as labour_hours,
    cast(sum(assumed_rate_hours) as decimal(38, 9)) as assumed_rate_hours,
    count(*) filter (where is_active) as active_months, bool_or(is_billed) as is_billed
from metrics.client_months
where month_start between $month_from and $month_to and is_counted
group by client_key
