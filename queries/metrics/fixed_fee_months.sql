-- name: metrics.fixed_fee_months
-- purpose: What each client pays as a fixed fee in each of the covered ones of the chosen months in which it is active:
--   what its agreements say, else what was billed.
-- grain: client_key, month_start
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- uses: time_entries, tickets, clients, agreements
-- columns:
--   client_key   VARCHAR        key of the client
--   month_start  DATE           the month
--   fee          DECIMAL(38,4)  its fees in force on the month's last day; the recurring revenue where one has none

with active as (
    select client_key, month_start, recurring_revenue
    from metrics.client_months
    where is_covered and month_start between $month_from and $month_to and (revenue > 0 or labour_hours > 0)
),

agreed as (
    -- a month in which one of the agreements has no fee is not known from them
    select active.client_key, active.month_start,
        case when count(*) = count(agreements.monthly_fee) then sum(agreements.monthly_fee) end as fee
    from active
    inner join core.dim_agreements as agreements
        on active.client_key = agreements.client_key
        and coalesce(agreements.starts_on <= last_day(active.month_start), true)
        and coalesce(agreements.ends_on >= last_day(active.month_start), true)
    group by active.client_key, active.month_start
)

select client_key, month_start, cast(coalesce(agreed.fee, active.recurring_revenue) as decimal(38, 4)) as fee
from active
left join agreed using (client_key, month_start)
