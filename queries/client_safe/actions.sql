-- name: client_safe.actions
-- purpose: The client's decisions and actions as a review of the period looks at them: those agreed on before its end,
--   unless settled before its beginning, and those that its own review agreed on; without a day of agreement from the
--   quarter in which they were written.
-- grain: place
-- params: client_key VARCHAR, month_from DATE, month_to DATE
-- columns:
--   place       INTEGER  order in which they were written down
--   kind        VARCHAR  decision or action
--   what        VARCHAR  what is to be decided or done
--   owner       VARCHAR  who sees to it
--   due_on      DATE     due
--   is_of_past  BOOLEAN  whether a review before the period's end agreed on it
--   standing    VARCHAR  done, dropped, late (due by the end of the period and still open) or open

select place, kind, what, owner, due_on, coalesce(agreed_on <= last_day($month_to), false) as is_of_past,
    case when state != 'open' then state when due_on <= last_day($month_to) then 'late' else 'open' end as standing
from core.review_actions
where client_key = $client_key
    and coalesce(agreed_on <= last_day($month_to + interval 3 month), begins_on <= $month_to, true)
    and coalesce(settled_on >= $month_from, true)
order by is_of_past desc, standing = 'late' desc, due_on asc nulls last, place asc
