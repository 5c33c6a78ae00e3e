-- name: metrics.mrr_bridge
-- purpose: What moved the monthly recurring revenue, month by month up to the last one complete for invoices.
-- grain: month_start
-- needs: invoice_lines
-- columns:
--   month_start         DATE           the month
--   opening             DECIMAL(28,4)  recurring revenue of the month before; empty in the first
--   new                 DECIMAL(28,4)  recurring revenue of clients that never had any before
--   arrived             DECIMAL(28,4)  of that what is new beyond doubt
--   first_seen          DECIMAL(28,4)  and the rest: the bill before would lie before the first invoice on file
--   reactivation        DECIMAL(28,4)  of clients that had some before, and none in the month before
--   expansion           DECIMAL(28,4)  rises of clients that stay
--   contraction         DECIMAL(28,4)  falls of clients that stay, negative
--   churn               DECIMAL(28,4)  lost with clients that have no recurring revenue left, negative
--   closing             DECIMAL(28,4)  recurring revenue of the month: opening and all movements, exactly
--   clients             BIGINT         clients with recurring revenue in the month
--   credits             DECIMAL(28,4)  credit notes on it, and lines that one takes back: apart from all of this
--   prepaid_beyond_end  DECIMAL(28,4)  prepaid by clients that had left before the month: apart as well

with grid as (
    select clients.client_key, months.month_start, coalesce(recurring.mrr, 0) as mrr,
        coalesce(recurring.credits, 0) as credits, coalesce(recurring.beyond_end, 0) as beyond_end
    from (select distinct everyone.client_key from core.recurring_monthly as everyone) as clients
    cross join core.calendar_months as months
    cross join core.data_span as span
    left join core.recurring_monthly as recurring
        on clients.client_key = recurring.client_key and months.month_start = recurring.month_start
    where months.month_start >= (
            select min(first.month_start) from core.recurring_monthly as first where first.mrr != 0
        )
        and months.month_start <= span.last_invoice_month
),

followed as (
    select client_key, month_start, mrr, credits, beyond_end, lag(mrr) over client_months as before,
        coalesce(max(mrr) over (
            partition by client_key order by month_start asc rows between unbounded preceding and 1 preceding
        ), 0) > 0 as had_before
    from grid
    window client_months as (partition by client_key order by month_start asc)
),

moved as (
    select followed.*, mrr - before as change, coalesce(starts.is_first_seen, false) as is_first_seen,
        case
            when before > 0 and mrr <= 0 then 'churn'
            when before <= 0 and mrr > 0 then case when had_before then 'reactivation' else 'new' end
            when mrr > before then 'expansion'
            when mrr < before then 'contraction'
        end as movement
    from followed
    left join core.recurring_starts as starts using (client_key)
)

-- no movement is known of the first month, which has none before it
select month_start, cast(sum(before) as decimal(28, 4)) as opening,
    cast(sum(if(movement = 'new', change, before * 0)) as decimal(28, 4)) as new,
    cast(sum(if(movement = 'new' and not is_first_seen, change, before * 0)) as decimal(28, 4)) as arrived,
    cast(sum(if(movement = 'new' and is_first_seen, change, before * 0)) as decimal(28, 4)) as first_seen,
    cast(sum(if(movement = 'reactivation', change, before * 0)) as decimal(28, 4)) as reactivation,
    cast(sum(if(movement = 'expansion', change, before * 0)) as decimal(28, 4)) as expansion,
    cast(sum(if(movement = 'contraction', change, before * 0)) as decimal(28, 4)) as contraction,
    cast(sum(if(movement = 'churn', change, before * 0)) as decimal(28, 4)) as churn,
    cast(sum(mrr) as decimal(28, 4)) as closing, count(*) filter (where mrr > 0) as clients,
    cast(sum(credits) as decimal(28, 4)) as credits, cast(sum(beyond_end) as decimal(28, 4)) as prepaid_beyond_end
from moved
group by month_start
order by month_start asc
