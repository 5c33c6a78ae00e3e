-- name: staging.engagement_costs
-- purpose: The register of cost beyond the fee as the user keeps it.
-- grain: item
-- columns:
--   item     VARCHAR        what for
--   share    DOUBLE         of a year's fee
--   amount   DECIMAL(18,4)  amount
--   is_once  BOOLEAN        once

select item, share, amount, is_once
from raw.engagement_costs
