-- name: core.vendor_scores
-- purpose: The points of the scorecard with their weight and each offer's score, one row an offer and point.
-- grain: offer, criterion
-- columns:
--   offer      VARCHAR  A, B or C
--   criterion  VARCHAR  the point
--   weight     BIGINT   how much it matters
--   score      DOUBLE   from 0 to 5; empty where nobody scored it

select offers.offer, scores.criterion, scores.weight,
    case offers.offer when 'A' then scores.score_a when 'B' then scores.score_b else scores.score_c end as score
from staging.vendor_scores as scores
cross join (values ('A'), ('B'), ('C')) as offers (offer)
