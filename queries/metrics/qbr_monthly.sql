-- name: metrics.qbr_monthly
-- purpose: Review completion as it stood at each of the last 12 month ends and on the day itself, from the first review
--   on file on.
-- grain: as_of_day
-- params: as_of DATE
-- needs: reviews
-- uses: clients, invoice_lines
-- columns:
--   month_start        DATE    month of the day
--   as_of_day          DATE    the day that is judged: a month's last, or the day asked for
--   clients_due        BIGINT  clients active for a full cadence
--   clients_completed  BIGINT  of them with a review held inside it
--   completion_pct     DOUBLE  completed / due
--   mrr_weighted_pct   DOUBLE  the same, each client weighing its recurring revenue of the day's month

with days as (
    select distinct cast(least(last_day(month_start), $as_of) as date) as as_of_day, month_start
    from core.calendar_months
    inner join core.reviews_span as span on least(last_day(month_start), $as_of) >= span.first_on
    where month_start <= $as_of and month_start > $as_of - interval 12 month
)

select days.month_start, days.as_of_day, judged.clients_due, judged.clients_completed, judged.completion_pct,
    judged.mrr_weighted_pct
from days
cross join lateral metrics.qbr_completion(days.as_of_day) as judged
order by days.as_of_day asc
