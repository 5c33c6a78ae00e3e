-- name: metrics.revenue_cohorts
-- purpose: What became of the clients that began to pay recurring revenue in the same quarter, quarter by quarter up to
--   the last one whose months are complete for invoices.
-- grain: cohort, quarters_since
-- needs: invoice_lines
-- columns:
--   cohort          VARCHAR        first day of the quarter in which they began; before for clients of the first month
--                                  on file, since nobody knows how long they had been clients; seen and the day for
--                                  those whose bill before would lie before the first on file
--   quarters_since  BIGINT         quarters since the cohort's own, which is 0
--   began           VARCHAR        the cohort in words: Q1 2026, or Before Dec 2024
--   clients_start   BIGINT         clients of the whole cohort
--   clients_kept    BIGINT         of them those with recurring revenue in the quarter's last month
--   mrr_start       DECIMAL(28,2)  their recurring revenue in the last month of the cohort's own quarter
--   mrr_kept        DECIMAL(28,2)  in the last month of this quarter
--   clients_share   DOUBLE         clients kept / clients of the whole cohort
--   mrr_share       DOUBLE         revenue kept, with rises / that in the last month of the cohort's own quarter

with began as (
    select client_key, first_month, min(first_month) over () as first_on_file, is_first_seen
    from core.recurring_starts
),

cohorts as (
    select client_key, cast(date_trunc('quarter', first_month) as date) as quarter,
        case
            when first_month = first_on_file then 'before' when is_first_seen then concat('seen ', quarter)
            else cast(quarter as varchar)
        end as cohort,
        if(
            first_month = first_on_file, 'Before ' || strftime(first_month + interval 1 month, '%b %Y'),
            if(is_first_seen, 'Seen from ', '') || 'Q' || quarter(first_month) || ' ' || year(first_month)
        ) as began_in
    from began
),

sizes as (
    select cohort, quarter, began_in, count(*) as clients_start from cohorts group by cohort, quarter, began_in
),

quarters as (
    -- each complete quarter from the cohort's own, by its last month
    select sizes.cohort, sizes.began_in, sizes.clients_start, months.month_start,
        date_diff('quarter', sizes.quarter, months.month_start) as quarters_since
    from sizes
    cross join core.data_span as span
    inner join core.calendar_months as months
        on months.month_start between sizes.quarter and span.last_invoice_month and month(months.month_start) % 3 = 0
),

kept as (
    select cohorts.cohort, recurring.month_start, count(*) as clients, sum(recurring.mrr) as mrr
    from cohorts
    inner join core.recurring_monthly as recurring using (client_key)
    where recurring.mrr > 0
    group by cohorts.cohort, recurring.month_start
)

select quarters.cohort, quarters.quarters_since, quarters.began_in as began, quarters.clients_start,
    coalesce(kept.clients, 0) as clients_kept,
    cast(coalesce(first_value(kept.mrr) over cohort_quarters, 0) as decimal(28, 2)) as mrr_start,
    cast(coalesce(kept.mrr, 0) as decimal(28, 2)) as mrr_kept,
    share(coalesce(kept.clients, 0), quarters.clients_start) as clients_share,
    share(coalesce(kept.mrr, 0), first_value(kept.mrr) over cohort_quarters) as mrr_share
from quarters
left join kept using (cohort, month_start)
window cohort_quarters as (partition by quarters.cohort order by quarters.quarters_since asc)
order by quarters.cohort = 'before' desc, quarters.cohort asc, quarters.quarters_since asc
