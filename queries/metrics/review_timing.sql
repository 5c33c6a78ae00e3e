-- name: metrics.review_timing
-- purpose: The answer to "do reviews happen before there is trouble" on a day: the share of reviews held within 60 days
--   after a bad month, against the share of time that lies there.
-- grain: one row
-- params: as_of DATE
-- needs: reviews
-- uses: tickets, time_entries, invoice_lines, clients, technicians, ticket_pauses, holidays
-- columns:
--   clients              BIGINT         clients that owe reviews and of which a month can be judged
--   clients_bad          BIGINT         of them those with a bad month
--   client_months        DOUBLE         their months together
--   reviews              BIGINT         days on which a review was held with them
--   reviews_after        BIGINT         of them within 60 days after a bad month
--   reviews_after_share  DOUBLE         of all of them
--   share_low            DOUBLE         lower end of its interval at 95 %
--   share_high           DOUBLE         upper end of it
--   expected_share       DOUBLE         the share of their time within 60 days after a bad month: what chance gives
--   verdict              VARCHAR        after_trouble, before_trouble, as_chance, or too_few reviews for any
--   clients_warned       BIGINT         clients whose last two planned reviews or more were missed or called off
--   warned_mrr           DECIMAL(28,2)  their recurring revenue a month

with summed as (
    select count(*) as clients, count(*) filter (where days_after > 0) as clients_bad, sum(days) as days,
        sum(days_after) as days_after, coalesce(sum(reviews), 0) as reviews,
        coalesce(sum(reviews_after), 0) as reviews_after
    from metrics.review_spans($as_of)
),

shares as (
    select *, share(reviews_after, reviews) as reviews_after_share, share(days_after, days) as expected_share,
        wilson_low(reviews_after, reviews) as share_low, wilson_high(reviews_after, reviews) as share_high
    from summed
),

warned as (
    select count(*) as clients, sum(mrr) as mrr from metrics.review_warnings($as_of)
)

select shares.clients, shares.clients_bad, share(shares.days, 30.4375) as client_months,
    cast(shares.reviews as bigint) as reviews, cast(shares.reviews_after as bigint) as reviews_after,
    shares.reviews_after_share, shares.share_low, shares.share_high, shares.expected_share,
    case
        when not carries_a_verdict(shares.reviews, shares.expected_share) then 'too_few'
        when shares.share_low > shares.expected_share then 'after_trouble'
        when shares.share_high < shares.expected_share then 'before_trouble'
        else 'as_chance'
    end as verdict,
    warned.clients as clients_warned, cast(warned.mrr as decimal(28, 2)) as warned_mrr
from shares
cross join warned
