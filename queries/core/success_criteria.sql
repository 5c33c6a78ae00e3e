-- name: core.success_criteria
-- purpose: What success is for each client, as both sides wrote it down.
-- grain: client_key, criterion
-- columns:
--   client_key      VARCHAR  key of the client
--   client          VARCHAR  the client
--   criterion       VARCHAR  what will be true
--   measure         VARCHAR  by what it is measured
--   outcome         VARCHAR  name of the measure of the outcomes file
--   target          DOUBLE   what is to be reached
--   better          VARCHAR  higher or lower; empty is judged by the measure
--   stage           VARCHAR  stabilise, optimise or build
--   review          VARCHAR  monthly, quarterly or yearly
--   next_review_on  DATE     when both sides look at it next
--   said_value      DOUBLE   what the user says came out

select coalesce(names.client_key, name_key(spelling(criteria.client))) as client_key,
    coalesce(names.client, criteria.client) as client, criteria.criterion, criteria.measure, criteria.outcome,
    criteria.target, criteria.better, criteria.stage, criteria.review, criteria.next_review_on, criteria.said_value
from staging.success_criteria as criteria
left join (
    select distinct name_key, client_key, client from staging.client_names
) as names on name_key(spelling(criteria.client)) = names.name_key
qualify row_number() over (partition by client_key, criteria.criterion order by criteria.place asc) = 1
