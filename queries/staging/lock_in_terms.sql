-- name: staging.lock_in_terms
-- purpose: The register of against lock-in as the user keeps it.
-- grain: term
-- columns:
--   term   VARCHAR  term
--   holds  VARCHAR  in the contract

select term, holds
from raw.lock_in_terms
