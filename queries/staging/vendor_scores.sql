-- name: staging.vendor_scores
-- purpose: The register of scorecard as the user keeps it.
-- grain: criterion
-- columns:
--   criterion  VARCHAR  point
--   weight     BIGINT   weight
--   score_a    DOUBLE   a
--   score_b    DOUBLE   b
--   score_c    DOUBLE   c

select criterion, weight, score_a, score_b, score_c
from raw.vendor_scores
