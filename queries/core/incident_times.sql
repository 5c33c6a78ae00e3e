-- name: core.incident_times
-- purpose: How long the incidents that people resolved in each month took in business time, as how many took each time.
-- grain: client_key, priority, month_start, is_response, minutes
-- columns:
--   client_key      VARCHAR  key of the client
--   priority        VARCHAR  the priority; (none) if empty
--   month_start     DATE     the month in which they were resolved
--   is_response     BOOLEAN  whether the time is that to the first answer, of those whose answer is known, and not
--                            before they were opened; else that to the resolution
--   minutes         DOUBLE   business minutes from opening on, of a resolution pauses taken off
--   tickets         BIGINT   how many took so long
--   paused_minutes  DOUBLE   business minutes of their pauses; empty for answers

select client_key, priority, cast(date_trunc('month', resolved_at) as date) as month_start, false as is_response,
    resolution_minutes as minutes, count(*) as tickets, sum(paused_minutes) as paused_minutes
from core.fct_tickets
where is_timed
group by client_key, priority, date_trunc('month', resolved_at), resolution_minutes
union all
select client_key, priority, cast(date_trunc('month', resolved_at) as date), true, response_minutes, count(*), null
from core.fct_tickets
where is_timed and responded_at >= opened_at
group by client_key, priority, date_trunc('month', resolved_at), response_minutes
