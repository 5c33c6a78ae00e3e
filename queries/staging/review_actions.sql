-- name: staging.review_actions
-- purpose: The register of decisions and actions as the user keeps it.
-- grain: place
-- columns:
--   place       INTEGER  its place in the register
--   client      VARCHAR  client
--   kind        VARCHAR  decision or action
--   what        VARCHAR  what is to be decided or done
--   owner       VARCHAR  who sees to it
--   due_on      DATE     due
--   state       VARCHAR  open, done or dropped; empty is open
--   agreed_on   DATE     day of the review that agreed on it
--   settled_on  DATE     day on which it was done or dropped
--   begins_on   DATE     first day of the quarter on whose page it was written; empty is every quarter

select place, client, kind, what, owner, due_on, state, agreed_on, settled_on, begins_on
from raw.review_actions
