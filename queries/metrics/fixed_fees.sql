-- name: metrics.fixed_fees
-- purpose: What each client's agreements would have brought as fixed fees over the covered ones of the chosen months:
--   in each active month the fees agreed on its last day, else what was recognised.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- uses: agreements, time_entries
-- columns:
--   client_key  VARCHAR        key of the client
--   fixed_fee   DECIMAL(38,4)  fees over its months with revenue or client hours

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

select client_key, cast(sum(coalesce(agreed.fee, active.recurring_revenue)) as decimal(38, 4)) as fixed_fee
from active
left join agreed using (client_key, month_start)
group by client_key
