-- name: client_safe.exclusions
-- purpose: What the figures of the client's tickets opened in the period leave out, and how many tickets that is.
-- grain: reason
-- params: client_key VARCHAR, month_from DATE, month_to DATE
-- needs: tickets
-- columns:
--   place    INTEGER  order of the reasons
--   reason   VARCHAR  what is left out, and of what
--   tickets  BIGINT   how many of them

with opened as (
    select is_auto_resolved, is_followed, resolution_target, response_target
    from core.fct_tickets
    where client_key = $client_key and opened_at >= $month_from and opened_at < last_day($month_to) + interval 1 day
)

select 1 as place, 'Resolved by automation: no part of times and service levels' as reason,
    count(*) filter (where is_auto_resolved) as tickets
from opened
union all
select 2, 'Without any target: no part of service levels',
    count(*) filter (where resolution_target is null and response_target is null and not is_auto_resolved)
from opened
union all
select 3, 'Closed without a time, or resolved before they were opened: no part of times and hours',
    count(*) filter (where not is_followed)
from opened
order by place asc
