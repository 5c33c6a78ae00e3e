-- name: metrics.review_spans
-- purpose: Of each client that owes reviews the days up to a day on which anybody can say whether a month before went
--   badly, and the reviews held on them, within 60 days after a bad month and else.
-- grain: client_key
-- params: as_of DATE
-- needs: reviews
-- uses: tickets, time_entries, invoice_lines, clients, technicians, ticket_pauses, holidays
-- columns:
--   client_key       VARCHAR  key of the client
--   from_day         DATE     the latest of its start, the first review on file and the end of its first month judged
--   to_day           DATE     the earliest of the day, its end and 60 days after its last month judged
--   days             BIGINT   days between them, both included
--   days_after       BIGINT   of them those within 60 days after the end of a bad month
--   bad_months       BIGINT   bad months whose 60 days reach into them
--   reviews          BIGINT   days on which a review was held
--   reviews_after    BIGINT   of them those within 60 days after the end of a bad month

with judged as (
    select client_key, min(last_day(month_start)) as first_end, max(last_day(month_start)) as last_end
    from metrics.bad_months
    where last_day(month_start) < $as_of
    group by client_key
),

spans as (
    select terms.client_key, greatest(terms.started_on, span.first_on, judged.first_end + 1) as from_day,
        least($as_of, terms.ends_on, judged.last_end + 60) as to_day
    from metrics.review_terms as terms
    inner join judged using (client_key)
    cross join core.reviews_span as span
    where terms.cadence_days > 0 and terms.started_on is not null and span.first_on is not null
),

after as (
    -- 60 days each, those of two months in a row counted once
    select distinct spans.client_key, last_day(bad.month_start) + cast(places.place as integer) as day
    from spans
    inner join metrics.bad_months as bad on spans.client_key = bad.client_key and bad.is_bad
    cross join range(1, 61) as places (place)
    where last_day(bad.month_start) + cast(places.place as integer) between spans.from_day and spans.to_day
),

exposed as (
    select client_key, count(*) as days from after group by client_key
),

bad as (
    select spans.client_key, count(*) as months
    from spans
    inner join metrics.bad_months as bad
        on spans.client_key = bad.client_key and bad.is_bad
        and last_day(bad.month_start) < spans.to_day and last_day(bad.month_start) + 60 >= spans.from_day
    group by spans.client_key
),

held as (
    select spans.client_key, count(*) as reviews, count(after.day) as reviews_after
    from spans
    inner join metrics.review_history as history
        on spans.client_key = history.client_key and history.held_on between spans.from_day and spans.to_day
    left join after on history.client_key = after.client_key and history.held_on = after.day
    group by spans.client_key
)

select spans.client_key, spans.from_day, spans.to_day, spans.to_day - spans.from_day + 1 as days,
    coalesce(exposed.days, 0) as days_after, coalesce(bad.months, 0) as bad_months,
    coalesce(held.reviews, 0) as reviews, coalesce(held.reviews_after, 0) as reviews_after
from spans
left join exposed using (client_key)
left join bad using (client_key)
left join held using (client_key)
where spans.from_day <= spans.to_day
