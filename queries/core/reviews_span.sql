-- name: core.reviews_span
-- purpose: Since when reviews are on file; what was held before, nobody knows.
-- grain: one row
-- columns:
--   first_on  DATE  the first review held or planned; empty if there is none

select min(coalesce(held_on, scheduled_on)) as first_on from core.fct_reviews
