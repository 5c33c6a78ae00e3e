-- name: metrics.merged_names
-- purpose: Which names the user has merged into which, so that each merge can be taken back.
-- grain: kind, name_key
-- columns:
--   kind        VARCHAR  client or technician
--   name_key    VARCHAR  the name that counts for another
--   target_key  VARCHAR  the name that it counts for

select kind, name_key, target_key
from raw.aliases
where kind in ('client', 'technician')
order by kind asc, target_key asc, name_key asc
