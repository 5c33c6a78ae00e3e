-- name: core.ended_monthly
-- purpose: How many tickets of each category every technician ended in each month; those of automation, and those that
--   can't be followed, are left out.
-- grain: category, technician_key, month_start
-- columns:
--   category        VARCHAR  the category; (none) if empty
--   technician_key  VARCHAR  key of the technician; empty if the ticket names none or several
--   month_start     DATE     the month in which they were resolved, else closed
--   ended           BIGINT   tickets

select category, technician_key, cast(date_trunc('month', resolved_at) as date) as month_start, count(*) as ended
from core.fct_tickets
where is_followed and not is_auto_resolved and resolved_at is not null
group by category, technician_key, date_trunc('month', resolved_at)
