-- name: metrics.qbr_summary
-- purpose: The answer to "which reviews were owed and not held" on a day, beside a year before.
-- grain: one row
-- params: as_of DATE
-- columns:
--   clients_due              BIGINT         clients active for a full cadence
--   clients_completed        BIGINT         of them with a review held inside it; empty if no reviews are loaded at all
--   completion_pct           DOUBLE         completed / due
--   mrr_weighted_pct         DOUBLE         the same, each client weighing its recurring revenue of the day's month
--   clients_overdue          BIGINT         due and not completed
--   longest_client           VARCHAR        the client that has waited longest beyond its cadence
--   longest_days             BIGINT         days beyond its cadence
--   overdue_mrr              DECIMAL(18,2)  recurring revenue of the month of the clients overdue
--   previous_completion_pct  DOUBLE         completed / due a year before; empty if no review is that old

with days as (
    select true as is_today, $as_of as as_of_day
    union all
    select false as is_today, cast($as_of - interval 1 year as date) as as_of_day
),

owed as (
    select days.is_today, days.as_of_day, terms.client, terms.client_key, terms.cadence_days, terms.started_on,
        max(reviews.held_on) as last_held_on
    from days
    inner join metrics.review_terms as terms
        on terms.cadence_days > 0
        and terms.started_on <= days.as_of_day - terms.cadence_days
        and terms.ends_on >= days.as_of_day
    left join core.fct_reviews as reviews
        on terms.client_key = reviews.client_key and reviews.is_held and reviews.held_on <= days.as_of_day
    group by days.is_today, days.as_of_day, terms.client, terms.client_key, terms.cadence_days, terms.started_on
),

judged as (
    select owed.*, coalesce(owed.last_held_on > owed.as_of_day - owed.cadence_days, false) as is_completed,
        owed.as_of_day - coalesce(owed.last_held_on, owed.started_on) - owed.cadence_days as days_overdue,
        coalesce(weights.mrr, 0) as mrr
    from owed
    left join (
        select client_key, greatest(sum(revenue), 0) as mrr
        from core.fct_revenue_monthly
        where is_recurring and month_start = date_trunc('month', $as_of)
        group by client_key
    ) as weights using (client_key)
),

counted as (
    select is_today, count(*) as due, count(*) filter (where is_completed) as completed,
        cast(sum(mrr) as double) as mrr, cast(coalesce(sum(mrr) filter (where is_completed), 0) as double) as held_mrr,
        arg_max(client, days_overdue) filter (where not is_completed) as longest_client,
        max(days_overdue) filter (where not is_completed) as longest_days,
        cast(coalesce(sum(mrr) filter (where not is_completed), 0) as decimal(18, 2)) as overdue_mrr
    from judged
    group by is_today
)

select coalesce(known.due, 0) as clients_due, today.completed as clients_completed,
    today.completed / nullif(today.due, 0) as completion_pct, today.held_mrr / nullif(today.mrr, 0) as mrr_weighted_pct,
    today.due - today.completed as clients_overdue, today.longest_client, today.longest_days, today.overdue_mrr,
    earlier.completed / nullif(earlier.due, 0) as previous_completion_pct
from core.data_span as span
left join counted as known on known.is_today
left join counted as today on today.is_today and span.has_reviews
left join counted as earlier
    on not earlier.is_today
    -- before the first review on file nobody knows what was held
    and (select min(coalesce(held_on, scheduled_on)) from core.fct_reviews) <= $as_of - interval 1 year
