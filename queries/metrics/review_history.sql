-- name: metrics.review_history
-- purpose: Every review that counts as held, and whether it came within the cadence after the one before.
-- grain: client_key, held_on
-- columns:
--   client_key   VARCHAR  key of the client
--   held_on      DATE     when it was held
--   previous_on  DATE     the review before it, else the client's start, or the first review on file if that is later
--   is_late      BOOLEAN  more than the cadence after that

with held as (
    select distinct client_key, held_on from core.fct_reviews where is_held
),

followed as (
    select held.client_key, held.held_on, terms.cadence_days,
        coalesce(
            lag(held.held_on) over (partition by held.client_key order by held.held_on asc),
            greatest(terms.started_on, span.first_on)
        ) as previous_on
    from held
    inner join metrics.review_terms as terms using (client_key)
    cross join core.reviews_span as span
)

select client_key, held_on, previous_on,
    cadence_days > 0 and coalesce(held_on - previous_on > cadence_days, false) as is_late
from followed
