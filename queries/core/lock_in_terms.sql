-- name: core.lock_in_terms
-- purpose: Ways to keep the door open, and whether the contract holds them.
-- grain: term
-- columns:
--   term     VARCHAR  the way
--   is_held  BOOLEAN  whether the contract holds it; empty where nobody says

select term, holds = 'yes' as is_held from staging.lock_in_terms
