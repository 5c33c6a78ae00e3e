-- name: metrics.backlog_monthly
-- purpose: The desk's open tickets at each month's end, and what was opened and ended in between; without those that
--   automation resolved, and those whose end isn't known.
-- grain: month_start
-- needs: tickets
-- columns:
--   month_start        DATE    the month, from the first opening to the last one complete for tickets
--   opened             BIGINT  opened in it
--   ended              BIGINT  resolved, else closed, in it
--   open_at_end        BIGINT  open at its end: of the month before + opened - ended
--   open_over_30_days  BIGINT  of them those opened more than 30 days before
--   median_age_days    DOUBLE  median of their ages in calendar days; empty where none is open

select backlog.month_start, cast(coalesce(sum(desk.opened), 0) as bigint) as opened,
    cast(coalesce(sum(desk.ended_of_opened), 0) as bigint) as ended,
    backlog.open_at_end, backlog.open_over_30_days, backlog.median_age_days
from core.backlog_monthly as backlog
left join core.desk_monthly as desk using (month_start)
group by backlog.month_start, backlog.open_at_end, backlog.open_over_30_days, backlog.median_age_days
order by backlog.month_start asc
