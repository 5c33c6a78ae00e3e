-- name: staging.uptime_tiers
-- purpose: The register of uptime tiers as the user keeps it.
-- grain: uptime
-- columns:
--   uptime  DOUBLE   uptime
--   fits    VARCHAR  fits

select uptime, fits
from raw.uptime_tiers
