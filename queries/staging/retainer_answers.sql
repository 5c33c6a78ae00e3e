-- name: staging.retainer_answers
-- purpose: The register of product or retainer as the user keeps it.
-- grain: client
-- columns:
--   client       VARCHAR  client
--   success      VARCHAR  success agreed on
--   last_review  VARCHAR  last review was about
--   endpoint     VARCHAR  defined end

select client, success, last_review, endpoint
from raw.retainer_answers
