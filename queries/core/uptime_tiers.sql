-- name: core.uptime_tiers
-- purpose: Tiers of availability that a contract can promise.
-- grain: uptime
-- columns:
--   uptime  DOUBLE   share of the time in which the service must be up
--   fits    VARCHAR  what it is meant for

select uptime, fits from staging.uptime_tiers
