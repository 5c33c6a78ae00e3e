-- name: core.review_actions
-- purpose: The decisions and actions of each client's reviews, each with what became of it.
-- grain: place
-- columns:
--   place       INTEGER  order in which they were written down
--   client_key  VARCHAR  key of the client
--   kind        VARCHAR  decision or action
--   what        VARCHAR  what is to be decided or done
--   owner       VARCHAR  who sees to it
--   due_on      DATE     due
--   state       VARCHAR  open, done or dropped
--   agreed_on   DATE     day of the review that agreed on it; empty is the review to come
--   settled_on  DATE     day on which it was done or dropped
--   begins_on   DATE     first day of the quarter in which it was written; empty is every quarter

select actions.place, coalesce(names.client_key, name_key(spelling(actions.client))) as client_key, actions.kind,
    actions.what, actions.owner, actions.due_on, coalesce(actions.state, 'open') as state, actions.agreed_on,
    actions.settled_on, actions.begins_on
from staging.review_actions as actions
left join (
    select distinct name_key, client_key from staging.client_names
) as names on name_key(spelling(actions.client)) = names.name_key
