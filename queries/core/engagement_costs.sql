-- name: core.engagement_costs
-- purpose: What an engagement costs beyond the provider's fee, as the user says.
-- grain: item
-- columns:
--   item     VARCHAR        what for
--   share    DOUBLE         of a year's fee
--   amount   DECIMAL(18,4)  as money
--   is_once  BOOLEAN        once in the term; else every year of it

select item, coalesce(share, 0) as share, cast(coalesce(amount, 0) as decimal(18, 4)) as amount,
    coalesce(is_once, false) as is_once
from staging.engagement_costs
where share is not null or amount is not null
