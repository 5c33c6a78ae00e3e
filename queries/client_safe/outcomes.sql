-- name: client_safe.outcomes
-- purpose: What the outcomes file says of the client for the months of the period: measures such as uptime, patching
--   and backups against what was promised.
-- grain: measure, month_start
-- params: client_key VARCHAR, month_from DATE, month_to DATE
-- needs: outcomes
-- columns:
--   measure      VARCHAR  what was measured
--   month_start  DATE     the month
--   value        DOUBLE   what came out
--   target       DOUBLE   what was promised
--   is_met       BOOLEAN  whether the target was met

select measure, month_start, value, target, is_met
from core.fct_outcomes
where client_key = $client_key and month_start between $month_from and $month_to
order by measure asc, month_start asc
