-- name: metrics.qbr_completion
-- purpose: What share of the clients that are owed a review on a day had theirs inside the cadence.
-- grain: one row
-- params: as_of DATE
-- columns:
--   clients_due        BIGINT  clients active for a full cadence
--   clients_completed  BIGINT  of them with a review held inside it; empty if no reviews are loaded at all
--   completion_pct     DOUBLE  completed / due
--   mrr_weighted_pct   DOUBLE  the same, each client weighing its recurring revenue of the day's month

with due as (
    select terms.client_key,
        exists (
            select 1
            from core.fct_reviews as reviews
            where reviews.client_key = terms.client_key
                and reviews.is_held
                and reviews.held_on > $as_of - terms.cadence_days
                and reviews.held_on <= $as_of
        ) as is_completed
    from metrics.review_terms as terms
    where terms.cadence_days > 0
        and terms.started_on <= $as_of - terms.cadence_days
        and terms.ends_on >= $as_of
),

weights as (
    select client_key, greatest(sum(revenue), 0) as mrr
    from core.fct_revenue_monthly
    where is_recurring and month_start = date_trunc('month', $as_of)
    group by client_key
),

counted as (
    select count(*) as due, count(*) filter (where due.is_completed) as completed,
        cast(sum(weights.mrr) as double) as mrr,
        cast(coalesce(sum(weights.mrr) filter (where due.is_completed), 0) as double) as completed_mrr
    from due
    left join weights using (client_key)
)

select counted.due as clients_due, case when span.has_reviews then counted.completed end as clients_completed,
    case when span.has_reviews then counted.completed / nullif(counted.due, 0) end as completion_pct,
    case when span.has_reviews then counted.completed_mrr / nullif(counted.mrr, 0) end as mrr_weighted_pct
from counted
cross join core.data_span as span
