-- name: checks.clients_add_up_to_the_company
-- purpose: Months in which the sum over clients differs from the revenue and hours that are not the MSP's own.
-- grain: month_start
-- columns:
--   month_start      DATE           the month
--   clients_revenue  DECIMAL(28,4)  revenue summed over clients
--   book_revenue     DECIMAL(28,4)  revenue that isn't billed to the MSP itself
--   clients_hours    DECIMAL(28,9)  hours summed over clients
--   book_hours       DECIMAL(28,9)  hours that aren't internal

with clients as (
    select month_start, sum(revenue) as revenue, sum(labour_hours) as hours
    from metrics.client_months
    group by month_start
),

book as (
    select month_start, sum(revenue) as revenue, sum(hours) as hours
    from (
        select month_start, revenue, 0 as hours from core.fct_revenue_monthly where not is_internal
        union all
        select month_start, 0 as revenue, hours from core.fct_labour_monthly where not is_internal
    ) as parts
    group by month_start
)

select month_start, cast(clients.revenue as decimal(28, 4)) as clients_revenue,
    cast(book.revenue as decimal(28, 4)) as book_revenue, cast(clients.hours as decimal(28, 9)) as clients_hours,
    cast(book.hours as decimal(28, 9)) as book_hours
from clients
full outer join book using (month_start)
-- what is unknown for want of any input is no difference
where coalesce(clients.revenue, book.revenue, 0) != coalesce(book.revenue, 0)
    or coalesce(clients.hours, book.hours, 0) != coalesce(book.hours, 0)
    or book.month_start is null
    or clients.month_start is null
