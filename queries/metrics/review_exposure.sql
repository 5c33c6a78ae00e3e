-- name: metrics.review_exposure
-- purpose: How often reviews were held within 60 days after a bad month, at other times of the same clients, and with
--   clients that had no bad month.
-- grain: exposure
-- params: as_of DATE
-- needs: reviews
-- uses: tickets, time_entries, invoice_lines, clients, technicians, ticket_pauses, holidays
-- columns:
--   exposure          VARCHAR  after_bad_month, other_times or never_bad
--   label             VARCHAR  the same in words
--   clients           BIGINT   clients
--   client_months     DOUBLE   their months of exposure: days / 30.4375
--   exposure_share    DOUBLE   of all such months: the share of reviews to expect by chance
--   reviews           BIGINT   days on which a review was held
--   review_share      DOUBLE   of all such reviews
--   reviews_per_year  DOUBLE   reviews of a client in a year at that rate

with exposures as (
    select 1 as place, 'after_bad_month' as exposure, 'Within 60 days after a bad month' as label,
        days_after as days, reviews_after as reviews
    from metrics.review_spans($as_of)
    where days_after > 0
    union all
    select 2, 'other_times', 'Other times of the same clients', days - days_after, reviews - reviews_after
    from metrics.review_spans($as_of)
    where days_after > 0
    union all
    select 3, 'never_bad', 'Clients without a bad month', days, reviews
    from metrics.review_spans($as_of)
    where days_after = 0
),

summed as (
    select place, exposure, label, count(*) as clients, sum(days) as days, sum(reviews) as reviews
    from exposures
    group by place, exposure, label
)

select exposure, label, clients, share(days, 30.4375) as client_months,
    share(days, sum(days) over ()) as exposure_share,
    cast(reviews as bigint) as reviews, share(reviews, sum(reviews) over ()) as review_share,
    share(reviews * 365.25, days) as reviews_per_year
from summed
order by place asc
