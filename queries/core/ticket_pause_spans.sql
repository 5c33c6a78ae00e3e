-- name: core.ticket_pause_spans
-- purpose: When each ticket's clock stood still, overlapping pauses united.
-- grain: ticket_id, paused_at
-- columns:
--   ticket_id   VARCHAR    the ticket
--   paused_at   TIMESTAMP  when the clock stopped
--   resumed_at  TIMESTAMP  when it went on; the year 9999 while it still stands

with pauses as (
    select ticket_id, paused_at, coalesce(resumed_at, timestamp '9999-12-31 00:00:00') as resumed_at
    from staging.ticket_pauses
    where coalesce(resumed_at >= paused_at, true)
),

marked as (
    select *, coalesce(paused_at > max(resumed_at) over (
        partition by ticket_id order by paused_at asc, resumed_at asc rows between unbounded preceding and 1 preceding
    ), true) as is_first
    from pauses
),

numbered as (
    select *, sum(case when is_first then 1 else 0 end) over (
        partition by ticket_id order by paused_at asc, resumed_at asc rows unbounded preceding
    ) as span
    from marked
)

select ticket_id, min(paused_at) as paused_at, max(resumed_at) as resumed_at
from numbered
group by ticket_id, span
