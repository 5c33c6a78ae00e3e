-- name: metrics.previous_day
-- purpose: The day a year before, to compare reviews with; no row before the first review on file, when nobody knows.
-- grain: one row
-- params: as_of DATE
-- columns:
--   as_of  DATE  the day a year before

select cast($as_of - interval 1 year as date) as as_of
from core.fct_reviews
having min(coalesce(held_on, scheduled_on)) <= $as_of - interval 1 year
