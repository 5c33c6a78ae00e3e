-- name: staging.success_criteria
-- purpose: The register of success criteria as the user keeps it.
-- grain: client, criterion
-- columns:
--   client          VARCHAR  client
--   criterion       VARCHAR  what will be true
--   measure         VARCHAR  measured by
--   outcome         VARCHAR  measure of the outcomes file
--   target          DOUBLE   target
--   better          VARCHAR  better is
--   stage           VARCHAR  stage
--   review          VARCHAR  reviewed
--   next_review_on  DATE     next review
--   said_value      DOUBLE   value, said here
--   place           INTEGER  its place in the register

select client, criterion, measure, outcome, target, better, stage, review, next_review_on, said_value, place
from raw.success_criteria
