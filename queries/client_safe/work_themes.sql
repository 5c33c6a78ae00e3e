-- name: client_safe.work_themes
-- purpose: What the hours worked for the client in the months of the period were spent on: each hour once, so that the
--   themes add up to all of them; the most hours first.
-- grain: theme
-- params: client_key VARCHAR, month_from DATE, month_to DATE
-- needs: time_entries|tickets
-- columns:
--   theme  VARCHAR  Projects, the category of the ticket that was worked on, On tickets that are in no file, or Work
--                   without a ticket
--   hours  DOUBLE   hours worked

select
    case
        when is_project then 'Projects'
        when is_ticket_unknown then 'On tickets that are in no file'
        when category = '(none)' then 'Tickets without a category'
        else coalesce(category, 'Work without a ticket')
    end as theme,
    cast(sum(hours) as double) as hours
from core.work_monthly
where client_key = $client_key and month_start between $month_from and $month_to
group by theme
having sum(hours) > 0
order by hours desc, theme asc
