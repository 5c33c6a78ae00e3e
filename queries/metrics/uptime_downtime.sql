-- name: metrics.uptime_downtime
-- purpose: The downtime that each tier of availability allows in thirty days and in a year.
-- grain: uptime
-- columns:
--   uptime           DOUBLE   share of the time in which the service must be up
--   fits             VARCHAR  what it is meant for
--   monthly_seconds  DOUBLE   allowed in thirty days
--   yearly_seconds   DOUBLE   allowed in 365 days

select uptime, fits, round((1 - uptime) * 30 * 86400, 3) as monthly_seconds,
    round((1 - uptime) * 365 * 86400, 3) as yearly_seconds
from core.uptime_tiers
order by uptime asc
