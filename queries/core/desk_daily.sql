-- name: core.desk_daily
-- purpose: How many tickets people ended on each day; those that can't be followed are left out.
-- grain: day
-- columns:
--   day    DATE    the day
--   ended  BIGINT  resolved, else closed, on it

select cast(resolved_at as date) as day, count(*) as ended
from core.fct_tickets
where is_followed and not is_auto_resolved and resolved_at is not null
group by cast(resolved_at as date)
