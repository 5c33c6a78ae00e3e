-- name: metrics.yearly_retention
-- purpose: How much of the recurring revenue of a year before is kept in the last of the chosen months, and how that
--   stood up to eleven months earlier.
-- grain: one row
-- params: month_to DATE
-- needs: invoice_lines
-- columns:
--   month_start              DATE           the last month up to the chosen one that has a month twelve before it
--   opening_mrr              DECIMAL(28,2)  recurring revenue a year before, of clients with any
--   gross_revenue_retention  DOUBLE         the part kept, rises left out
--   net_revenue_retention    DOUBLE         the part kept, rises included
--   clients_opening          BIGINT         clients with recurring revenue a year before
--   clients_lost             BIGINT         of them those without any in the month
--   logo_churn               DOUBLE         lost / opening
--   earlier_month            DATE           the first month within the eleven before that can be judged alike; empty if
--                                           there is none
--   earlier_retention        DOUBLE         gross retention in it
--   first_seen_mrr           DECIMAL(28,2)  recurring revenue in the month of clients first seen within the year, which
--                                           may be old: left out of all growth
--   months_on_file           BIGINT         months from the first with recurring revenue to the last complete one

with judged as (
    select * from metrics.retention_trajectory where month_start <= $month_to
),

latest as (
    select * from judged qualify row_number() over (order by month_start desc) = 1
),

earlier as (
    select min(judged.month_start) as month_start,
        arg_min(judged.gross_revenue_retention, judged.month_start) as gross_revenue_retention
    from judged
    inner join latest
        on judged.month_start < latest.month_start and judged.month_start >= latest.month_start - interval 11 months
)

select latest.month_start, latest.opening_mrr, latest.gross_revenue_retention, latest.net_revenue_retention,
    latest.clients_opening, latest.clients_lost, latest.logo_churn, earlier.month_start as earlier_month,
    earlier.gross_revenue_retention as earlier_retention,
    cast(coalesce(seen.mrr, 0) as decimal(28, 2)) as first_seen_mrr, held.months_on_file
from (select count(*) as months_on_file from metrics.mrr_bridge as bridge where bridge.month_start <= $month_to) as held
left join latest on true
left join earlier on true
left join (
    select recurring.month_start, sum(recurring.mrr) as mrr
    from core.recurring_monthly as recurring
    inner join core.recurring_starts as starts using (client_key)
    where starts.is_first_seen and starts.first_month > recurring.month_start - interval 12 months
        and recurring.mrr > 0
    group by recurring.month_start
) as seen on latest.month_start = seen.month_start
