-- name: metrics.work_on_top
-- purpose: Hours of clients on a fee that are billable by their mark alone, and whether what is billed by the hour pays
--   for them: where it doesn't, the fee may cover them, and managed margins and outcome prices are too good.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries
-- columns:
--   clients        BIGINT         clients on a fee with such hours
--   unsaid_hours   DOUBLE         these hours, in covered months
--   hours_share    DOUBLE         of all client hours of clients on a fee
--   unsaid_cost    DECIMAL(28,2)  what they cost
--   by_the_hour    DECIMAL(28,2)  what the same clients were billed by the hour
--   paid_share     DOUBLE         billed by the hour / cost
--   is_answered    BOOLEAN        whether an assumption says what such hours are

with months as (
    select month_start
    from core.covered_months
    where month_start between $month_from and $month_to
),

billed as (
    select client_key, sum(managed) as managed, sum(by_the_hour) as by_the_hour
    from metrics.revenue_class_months
    inner join months using (month_start)
    group by client_key
    having sum(managed) > 0
),

worked as (
    select client_key, sum(hours) as hours, sum(unsaid_hours) as unsaid_hours, sum(unsaid_labour_cost) as cost
    from metrics.labour_costs
    inner join months using (month_start)
    group by client_key
),

summed as (
    select count(*) filter (where worked.unsaid_hours > 0) as clients,
        coalesce(sum(worked.unsaid_hours), 0) as unsaid_hours, sum(worked.hours) as hours,
        coalesce(sum(worked.cost), 0) as cost, coalesce(sum(billed.by_the_hour), 0) as by_the_hour
    from billed
    inner join worked using (client_key)
)

select summed.clients, cast(summed.unsaid_hours as double) as unsaid_hours,
    share(summed.unsaid_hours, summed.hours) as hours_share, cast(summed.cost as decimal(28, 2)) as unsaid_cost,
    cast(summed.by_the_hour as decimal(28, 2)) as by_the_hour, share(summed.by_the_hour, summed.cost) as paid_share,
    assumption.billable_work is not null as is_answered
from summed
cross join core.assumption as assumption
