-- name: metrics.qbr_monthly
-- purpose: Review completion as it stood at each of the last 12 month ends and on the day itself.
-- grain: as_of_day
-- params: as_of DATE
-- columns:
--   month_start        DATE    month of the day
--   as_of_day          DATE    the day that is judged: a month's last, or the day asked for
--   clients_due        BIGINT  clients active for a full cadence
--   clients_completed  BIGINT  of them with a review held inside it
--   completion_pct     DOUBLE  completed / due

with days as (
    select distinct cast(least(last_day(month_start), $as_of) as date) as as_of_day, month_start
    from core.calendar_months
    where month_start <= $as_of and month_start > $as_of - interval 12 month
),

judged as (
    select days.month_start, days.as_of_day, terms.client_key,
        is_review_held(max(reviews.held_on), terms.cadence_days, days.as_of_day) as is_completed
    from days
    inner join metrics.review_terms as terms
        on is_review_due(terms.cadence_days, terms.started_on, terms.ends_on, days.as_of_day)
    left join core.fct_reviews as reviews
        on terms.client_key = reviews.client_key and reviews.is_held and reviews.held_on <= days.as_of_day
    group by days.month_start, days.as_of_day, terms.client_key, terms.cadence_days
)

select days.month_start, days.as_of_day, count(judged.client_key) as clients_due,
    case when span.has_reviews then count(*) filter (where judged.is_completed) end as clients_completed,
    case
        when span.has_reviews
            then completion_pct(count(*) filter (where judged.is_completed), count(judged.client_key))
    end as completion_pct
from days
left join judged using (month_start, as_of_day)
cross join core.data_span as span
group by days.month_start, days.as_of_day, span.has_reviews
order by days.as_of_day asc
